import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWorkflowBase,
} from 'n8n-workflow';

import { ASSETS } from '../../sandbox/asset/library.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import type { Settings } from '../../sandbox/core/settings.mts';
import { CREDENTIAL, runWorkflow } from './harness.mts';
import { byId, inputs } from './operations.mts';
import { GET, jsons, nodeWorkflow } from './workflows.mts';
import type { NodeSettings, OnError } from './workflows.mts';

/** The fields of Create for an asset of the sandbox's library, and a voice that is an asset too. */
export const LIP_SYNC: NodeSettings = {
	resource: 'generation',
	operation: 'create',
	visualSource: 'asset',
	visualAssetId: byId(ASSETS.teaser),
	visualKind: 'video',
	audioSource: 'asset',
	audioAssetId: byId(ASSETS.voiceover),
	model: 'lipsync-2',
};

/** Generations end at once, and there is no limit but that of the plan, unless a test says so. */
const QUICK: Partial<Settings> = {
	pendingMs: 0,
	processingMs: 20,
	generationsPerMinute: null,
	requestsPerMinute: null,
	concurrencyRetryAfter: 0.2,
};

/** Fields of Create. */
type Fields = INodeParameters & { options?: IDataObject };

/** Gives the tests of a file a local Sync API that makes generations. */
export class GenerationLab {
	sandbox!: Sandbox;

	constructor(settings: Partial<Settings> = {}) {
		beforeAll(async () => {
			this.sandbox = await startSandbox({ ...QUICK, ...settings });
		});
		afterAll(async () => await this.sandbox.close());
		afterEach(async () => {
			const { violations } = await this.control.totals();
			await this.control.reset();
			expect(violations).toEqual([]);
		});
	}

	get control() {
		return this.sandbox.control;
	}

	/** A credential that leads here. */
	get credential() {
		return { ...CREDENTIAL, apiKey: this.sandbox.apiKey, baseUrl: this.sandbox.url };
	}

	/** A workflow with Create. @param node further settings of the node */
	workflow(more: Fields, onError?: OnError, node: Partial<INode> = {}): IWorkflowBase {
		const json = nodeWorkflow({ ...LIP_SYNC, ...more } as NodeSettings, onError);
		const nodes = json.nodes.map((one) => (one.name === GET ? { ...one, ...node } : one));
		return { ...json, nodes };
	}

	/** Runs Create, for one item unless others are given. */
	async create(
		more: Fields = {},
		items: INodeExecutionData[] = inputs({}),
		onError?: OnError,
		node: Partial<INode> = {},
	) {
		const json = this.workflow(more, onError, node);
		const result = await runWorkflow(json, items, this.credential);
		const [out, failed] = [result.items(GET), result.items(GET, 1)];
		return {
			run: result.run,
			out,
			made: jsons(out),
			errors: failed.map((item) => item.json.error as IDataObject),
			pairs: [out, failed].map((all) => all.map(({ pairedItem }) => pairedItem)),
		};
	}

	/** The requests that created something, or were meant to. */
	async creations() {
		const requests = await this.control.requests();
		return requests.filter(({ operationId }) => operationId === 'createGeneration');
	}

	/** What was asked for, in order. */
	async asked(): Promise<Array<string | null>> {
		return (await this.control.requests()).map(({ operationId }) => operationId);
	}

	/** How many generations there are. */
	async count(): Promise<number> {
		return (await this.control.generationTotals()).created;
	}
}
