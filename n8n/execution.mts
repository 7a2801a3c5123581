import type {
	ExecutionStatus,
	INodeExecutionData,
	IRunExecutionData,
	ITaskData,
} from 'n8n-workflow';

/** An execution as n8n keeps it, with its data unpacked. */
export interface Execution {
	id: string;
	workflowId: string;
	mode: string;
	status: ExecutionStatus;
	/** ISO dates by n8n's clock; null until then. */
	startedAt: string | null;
	stoppedAt: string | null;
	data: IRunExecutionData;
}

/** What the list of executions tells of one. */
export type ExecutionSummary = Omit<Execution, 'data'>;

/** The statuses after which nothing more happens. */
export const END_STATUSES: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];

/** Whether a node was run. */
export function didRun(execution: Execution, node: string): boolean {
	return node in execution.data.resultData.runData;
}

/**
 * The items a node put out at one of its outputs (default: the first), over all its runs: n8n runs a node again for
 * every branch that leads to it.
 *
 * @throws Error naming the nodes that did run when this one did not.
 */
export function items(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	return runsOf(execution, node).flatMap(({ data }) => data?.main?.[output] ?? []);
}

/** The error with which a node ended its last run; undefined when it ended well. @throws Error when it did not run */
export function nodeError(execution: Execution, node: string): ITaskData['error'] {
	return runsOf(execution, node).at(-1)?.error;
}

/** How long (ms) an execution took by n8n's own clock, from its start to its end. NaN while it is not over. */
export function durationOf({ startedAt, stoppedAt }: ExecutionSummary): number {
	return Date.parse(stoppedAt ?? '') - Date.parse(startedAt ?? '');
}

/** In words, why an execution did not end well. */
export function describeFailure(execution: Execution): string {
	const { error, lastNodeExecuted } = execution.data.resultData;
	const where = lastNodeExecuted ? ` in "${lastNodeExecuted}"` : '';
	return `execution ${execution.id}: ${execution.status}${where}: ${error?.message ?? 'no error noted'}`;
}

function runsOf(execution: Execution, node: string): ITaskData[] {
	const { runData } = execution.data.resultData;
	if (didRun(execution, node)) return runData[node];
	const others = Object.keys(runData).join(', ') || 'none';
	throw new Error(
		`"${node}" did not run; the nodes that did: ${others}. ${describeFailure(execution)}`,
	);
}
