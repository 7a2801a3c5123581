import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWorkflowBase,
} from 'n8n-workflow';

import type { Settings } from '../../sandbox/core/settings.mts';
import { retryWorkflow } from './engine.mts';
import { readIdempotencyKey } from './fakeApi.mts';
import { type OperationResult, readOperationResult } from './runOperation.mts';
import { SandboxLab } from './sandboxLab.mts';
import { LIP_SYNC_FIELDS, LIP_SYNC_SETTINGS, type NodeSettings } from './syncNode.mts';
import { buildNodeWorkflow, type OnError, SYNC_NODE } from './workflows.mts';

/** Generations finish immediately, and only the plan limits them. */
const QUICK: Partial<Settings> = {
	pendingMs: 0,
	processingMs: 20,
	generationsPerMinute: null,
	requestsPerMinute: null,
	concurrencyRetryAfter: 0.2,
};

/** Fields of Create. */
type Fields = INodeParameters & { options?: IDataObject };

/** Adds `LIP_SYNC_SETTINGS` to fields, also inside of Additional Fields. */
const withLipSyncSettings = (fields: Fields): NodeSettings => {
	const additionalFields = {
		...LIP_SYNC_FIELDS.additionalFields,
		...(fields.additionalFields as INodeParameters | undefined),
	};
	return { ...LIP_SYNC_SETTINGS, ...fields, additionalFields } as NodeSettings;
};

/** A sandbox for Generation → Create. */
export class GenerationLab extends SandboxLab {
	/** @param settings override those for quick generations */
	constructor(settings: Partial<Settings> = {}) {
		super({ ...QUICK, ...settings });
	}

	/** Builds a workflow with Create. @param fields override those of `LIP_SYNC_SETTINGS` */
	buildWorkflow(fields: Fields, onError?: OnError): IWorkflowBase {
		return buildNodeWorkflow(withLipSyncSettings(fields), onError);
	}

	/** Runs Create. @param fields override those of `LIP_SYNC_SETTINGS` */
	async create(
		fields: Fields = {},
		items?: INodeExecutionData[],
		onError?: OnError,
		more?: Partial<INode>,
	): Promise<OperationResult> {
		return await this.run(withLipSyncSettings(fields), items, onError, more);
	}

	/** Retries an execution that an error stopped, as n8n's Retry does. @param fields those that were changed before */
	async retry({ workflow, result }: OperationResult, fields: Fields = {}, executionId?: string) {
		const nodes = workflow.nodes.map((one) =>
			one.name === SYNC_NODE ? { ...one, parameters: { ...one.parameters, ...fields } } : one,
		);
		const changed = { ...workflow, nodes };
		const retried = await retryWorkflow(changed, result, this.credential, executionId);
		return readOperationResult(changed, retried);
	}

	/** Lists the requests to create a generation, whether they succeeded or not. */
	async listCreateRequests() {
		const requests = await this.control.listRequests();
		return requests.filter(({ operationId }) => operationId === 'createGeneration');
	}

	/** Lists the idempotency keys of the requests to create a generation. */
	async listKeys(): Promise<Array<string | undefined>> {
		return (await this.listCreateRequests()).map(readIdempotencyKey);
	}

	/** Counts the generations that were created. */
	async countCreated(): Promise<number> {
		return (await this.control.getGenerationTotals()).created;
	}
}
