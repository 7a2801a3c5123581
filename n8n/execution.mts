import type {
	ExecutionStatus,
	INodeExecutionData,
	IRunExecutionData,
	ITaskData,
} from 'n8n-workflow';

/** An execution as stored by n8n, with its data unpacked. */
export interface Execution {
	id: string;
	workflowId: string;
	mode: string;
	status: ExecutionStatus;
	/** ISO dates. Null before the start or end. */
	startedAt: string | null;
	stoppedAt: string | null;
	data: IRunExecutionData;
}

/** An execution as listed, without its data. */
export type ExecutionSummary = Omit<Execution, 'data'>;

/** The statuses of an execution that has ended. */
export const END_STATUSES: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];

/**
 * Whether an execution ended because its process died. n8n notices it later, and has lost the data of its nodes.
 * In queue mode, it may give it the status `error`.
 */
export function isCrashed({ status, data }: Execution): boolean {
	const isLost = Object.keys(data.resultData.runData).length === 0;
	return status === 'crashed' || (status === 'error' && isLost);
}

/** Whether a node ran. */
export function didRun(execution: Execution, node: string): boolean {
	return node in execution.data.resultData.runData;
}

/**
 * Returns the items of a node's output (default: the first one) from all its runs. A node runs once for each branch
 * that leads to it.
 *
 * @throws Error if the node did not run
 */
export function getItems(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	return getRuns(execution, node).flatMap(({ data }) => data?.main?.[output] ?? []);
}

/** Returns the items that a tool returned to an AI agent, from all its calls. @throws Error if it was not called */
export function getToolItems(execution: Execution, tool: string): INodeExecutionData[] {
	return getRuns(execution, tool).flatMap(({ data }) => data?.ai_tool?.[0] ?? []);
}

/** Returns the error of a node's last run. Undefined if it succeeded. @throws Error if the node did not run */
export function getNodeError(execution: Execution, node: string): ITaskData['error'] {
	return getRuns(execution, node).at(-1)?.error;
}

/** Returns the duration of an execution in ms. NaN while it is running. */
export function getDuration({ startedAt, stoppedAt }: ExecutionSummary): number {
	return Date.parse(stoppedAt ?? '') - Date.parse(startedAt ?? '');
}

/** Describes why an execution failed. */
export function describeFailure(execution: Execution): string {
	const { error, lastNodeExecuted } = execution.data.resultData;
	const where = lastNodeExecuted ? ` in "${lastNodeExecuted}"` : '';
	return `execution ${execution.id}: ${execution.status}${where}: ${error?.message ?? 'no error message'}`;
}

function getRuns(execution: Execution, node: string): ITaskData[] {
	const { runData } = execution.data.resultData;
	if (didRun(execution, node)) return runData[node];
	const others = Object.keys(runData).join(', ') || 'none';
	throw new Error(
		`"${node}" did not run. Nodes that ran: ${others}. ${describeFailure(execution)}`,
	);
}
