import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	IWorkflowBase,
	NodeApiError,
} from 'n8n-workflow';

import type { Failure } from '../../nodes/shared/transport/errors.ts';
import { runWorkflow, type WorkflowResult } from './engine.mts';
import type { NodeSettings } from './syncNode.mts';
import { buildNodeWorkflow, getJsons, inputs, type OnError, SYNC_NODE } from './workflows.mts';

/** A server with a credential for it. */
export interface Server {
	readonly credential: ICredentialDataDecryptedObject;
}

/** What an operation output, and how the run ended. */
export type OperationResult = ReturnType<typeof readOperationResult>;

/** Reads what the node under test output. */
export function readOperationResult(workflow: IWorkflowBase, result: WorkflowResult) {
	const [out, failed] = [result.getItems(SYNC_NODE), result.getItems(SYNC_NODE, 1)];
	return {
		/** What was run, and its result. */
		workflow,
		result,
		run: result.run,
		/** The error that stopped the workflow. */
		error: result.run.data.resultData.error as NodeApiError | undefined,
		/** The items of the first output, and their JSON. */
		out,
		results: getJsons(out),
		/** The items of the error output, and their errors. */
		failed,
		errors: failed.map(({ json }) => json.error as Failure & IDataObject),
		/** The input items that the items of each output are paired with. */
		pairs: [out, failed].map((items) => items.map(({ pairedItem }) => pairedItem)),
	};
}

/** Runs a Sync node once. @param more other settings of the node */
export async function runOperation(
	{ credential }: Server,
	settings: NodeSettings,
	items: INodeExecutionData[] = inputs({}),
	onError?: OnError,
	more?: Partial<INode>,
): Promise<OperationResult> {
	const workflow = buildNodeWorkflow(settings, onError, more);
	return readOperationResult(workflow, await runWorkflow(workflow, items, credential));
}
