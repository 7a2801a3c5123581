import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWorkflowBase,
	NodeApiError,
} from 'n8n-workflow';

import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import type { Settings } from '../../sandbox/core/settings.mts';
import type { WorkflowResult } from './harness.mts';
import { CREDENTIAL, retryWorkflow, runWorkflow } from './harness.mts';
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

/** What came of an execution. */
type Outcome = ReturnType<typeof outcomeOf>;

function outcomeOf(json: IWorkflowBase, result: WorkflowResult) {
	const [out, failed] = [result.items(GET), result.items(GET, 1)];
	return {
		json,
		result,
		run: result.run,
		/** The error that has stopped the workflow. */
		error: result.run.data.resultData.error as NodeApiError | undefined,
		out,
		made: jsons(out),
		errors: failed.map((item) => item.json.error as IDataObject),
		pairs: [out, failed].map((all) => all.map(({ pairedItem }) => pairedItem)),
	};
}

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
		return outcomeOf(json, await runWorkflow(json, items, this.credential));
	}

	/** Runs Create again after an error that has stopped its workflow, as n8n's Retry does. @param more changed fields */
	async retry({ json, result }: Outcome, more: Fields = {}, executionId?: string) {
		const nodes = json.nodes.map((one) =>
			one.name === GET ? { ...one, parameters: { ...one.parameters, ...more } } : one,
		);
		const again = { ...json, nodes };
		return outcomeOf(again, await retryWorkflow(again, result, this.credential, executionId));
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
