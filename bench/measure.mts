import type { INode } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../n8n/client.mts';
import {
	describeFailure,
	getDuration,
	END_STATUSES,
	items,
	type ExecutionSummary,
} from '../n8n/execution.mts';
import { waitFor } from '../n8n/wait.mts';
import { chain } from '../n8n/workflow.mts';
import type { Comparison, Input, Result, Round, Run, Subject } from './comparison.mts';
import { amount } from './figures.mts';
import type { Lab } from './lab.mts';

/** How long (ms) one run may take. */
const RUN_LIMIT = 10 * 60_000;

/** Lets n8n get used to the nodes of a comparison, or of some of its subjects. @throws Error when one does not work */
export async function warmUp(
	lab: Lab,
	comparison: Comparison,
	subjects = comparison.subjects,
): Promise<void> {
	for (const subject of subjects) await measure(lab, comparison, comparison.warmUp, subject);
}

/**
 * Measures the subjects of a round in turn, every other time in the opposite order, so that what changes slowly on the
 * machine touches all alike.
 *
 * @param tell is called after each run
 * @throws Error when a run gives no figures
 */
export async function measureRound(
	lab: Lab,
	comparison: Comparison,
	round: Round,
	tell: (subject: Subject, run: Run) => void,
): Promise<Result[]> {
	const results = round.subjects.map((subject): Result => ({ round, subject, runs: [] }));
	for (let turn = 0; turn < round.repeat; turn++) {
		for (const { subject, runs } of turn % 2 === 0 ? results : results.toReversed()) {
			if (round.freshN8n) {
				await lab.n8n.restart();
				await warmUp(lab, comparison, [subject]);
			}
			const run = await measure(lab, comparison, round, subject);
			runs.push(run);
			tell(subject, run);
		}
	}
	return results;
}

/**
 * Waits for the end of a workflow's latest execution. It looks at the list, because n8n needs time and memory to give an
 * execution with all its items.
 */
export async function untilOver(
	client: N8nClient,
	{ id }: StoredWorkflow,
): Promise<ExecutionSummary> {
	return await waitFor(
		async () => {
			const [latest] = await client.listExecutions(id, 1);
			return latest && END_STATUSES.includes(latest.status) ? latest : undefined;
		},
		RUN_LIMIT,
		() => 'the execution is not over',
	);
}

async function measure(
	lab: Lab,
	{ source }: Comparison,
	input: Input,
	subject: Subject,
): Promise<Run> {
	const { client, sandbox } = lab;
	const { control } = sandbox;
	await control.reset();
	const before = await source(input, control);
	const measured = subject.nodes(sandbox.url);
	const workflow = await client.createWorkflow(chain(subject.name, [...before, ...measured]));
	// This begins a new minute of the limit, too.
	await control.configure({ requestsPerMinute: input.requestsPerMinute });
	try {
		const run = await runOnce(lab, input, workflow, measured);
		// Executions with thousands of items would make n8n's database large; files, its folder.
		await client.deleteWorkflow(workflow.id);
		return run;
	} catch (error) {
		const { message } = error as Error;
		throw new Error(`${subject.name}, ${amount(input)}: ${message}`, { cause: error });
	}
}

async function runOnce(
	{ n8n, client, sandbox }: Lab,
	input: Input,
	workflow: StoredWorkflow,
	measured: INode[],
): Promise<Run> {
	await n8n.resetPeakMemory();
	const { rss } = await n8n.memory();
	const id = await client.start(workflow);
	const ended = await untilOver(client, workflow);
	const { peak } = await n8n.memory();
	const { count, byStatus, peakInFlight, violations } = await sandbox.control.totals();

	const execution = await client.getExecution(id);
	if (execution.status !== 'success') throw new Error(describeFailure(execution));
	const names = measured.map(({ name }) => name);
	const last = names[names.length - 1];
	const failed = items(execution, last, 1).length;
	const out = items(execution, last, 0).length + failed;
	if (out !== input.items) throw new Error(`${out} items came out`);
	if (violations.length > 0) throw new Error(violations[0]);
	const { runData } = execution.data.resultData;
	return {
		nodeMs: names.reduce((sum, name) => sum + runData[name][0].executionTime, 0),
		workflowMs: getDuration(ended),
		requests: count,
		refused: byStatus[429] ?? 0,
		peakInFlight,
		failedItems: failed - (byStatus[404] ?? 0),
		peakMemory: peak,
		memoryGrowth: peak - rss,
	};
}
