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
import { inputs, jsons, nodeWorkflow, type OnError, SYNC } from './workflows.mts';

/** A server with a credential for it. */
export interface Server {
	readonly credential: ICredentialDataDecryptedObject;
}

/** What an operation put out. */
export type Outcome = ReturnType<typeof readOutcome>;

/** Reads what the node under test put out. */
export function readOutcome(workflow: IWorkflowBase, result: WorkflowResult) {
	const [out, failed] = [result.items(SYNC), result.items(SYNC, 1)];
	return {
		/** What was run, and its result. */
		workflow,
		result,
		run: result.run,
		/** The error that stopped the workflow. */
		error: result.run.data.resultData.error as NodeApiError | undefined,
		/** The items of the first output, and their JSON. */
		out,
		results: jsons(out),
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
): Promise<Outcome> {
	const workflow = nodeWorkflow(settings, onError, more);
	return readOutcome(workflow, await runWorkflow(workflow, items, credential));
}
