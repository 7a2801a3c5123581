import type { INode, INodeExecutionData } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../n8n/client.mts';
import {
	describeFailure,
	END_STATUSES,
	type ExecutionSummary,
	getDuration,
	getItems,
} from '../n8n/execution.mts';
import { waitFor } from '../n8n/wait.mts';
import { chainNodes } from '../n8n/workflow.mts';
import type { Comparison, Contender, Result, Run, Scenario, Workload } from './comparison.mts';
import { formatWorkload } from './format.mts';
import type { Testbed } from './testbed.mts';

/** The timeout for a run, in ms. */
const RUN_TIMEOUT = 10 * 60_000;

/** Runs the contenders of a comparison once without measuring them. @throws Error if one fails */
export async function warmUp(
	testbed: Testbed,
	comparison: Comparison,
	contenders = comparison.contenders,
): Promise<void> {
	for (const contender of contenders) {
		await measure(testbed, comparison, comparison.warmUp, contender);
	}
}

/**
 * Measures the contenders of a scenario alternately, in reverse order every other time, so that slow changes of the
 * machine affect all of them equally.
 *
 * @param onRun called after each run
 * @throws Error if a run fails
 */
export async function measureScenario(
	testbed: Testbed,
	comparison: Comparison,
	scenario: Scenario,
	onRun: (contender: Contender, run: Run) => void,
): Promise<Result[]> {
	const results = scenario.contenders.map(
		(contender): Result => ({ scenario, contender, runs: [] }),
	);
	for (let repetition = 0; repetition < scenario.repetitions; repetition++) {
		const ordered = repetition % 2 === 0 ? results : results.toReversed();
		for (const { contender, runs } of ordered) {
			if (scenario.freshN8n) {
				await testbed.n8n.restart();
				await warmUp(testbed, comparison, [contender]);
			}
			const run = await measure(testbed, comparison, scenario, contender);
			runs.push(run);
			onRun(contender, run);
		}
	}
	return results;
}

/**
 * Waits until the latest execution of a workflow ends. Polls the list of executions, because loading an execution with
 * all its items takes n8n time and memory.
 */
export async function waitForEnd(
	client: N8nClient,
	{ id }: StoredWorkflow,
): Promise<ExecutionSummary> {
	return await waitFor(
		async () => {
			const [latest] = await client.listExecutions(id, 1);
			return latest && END_STATUSES.includes(latest.status) ? latest : undefined;
		},
		RUN_TIMEOUT,
		() => 'the execution has not ended',
	);
}

async function measure(
	testbed: Testbed,
	{ source }: Comparison,
	workload: Workload,
	contender: Contender,
): Promise<Run> {
	const { client, sandbox } = testbed;
	const { control } = sandbox;
	await control.reset();
	const sourceNodes = await source(workload, control);
	const measuredNodes = contender.nodes(sandbox.url);
	const workflow = await client.createWorkflow(
		chainNodes(contender.name, [...sourceNodes, ...measuredNodes]),
	);
	// This also resets the rate limit.
	await control.configure({ requestsPerMinute: workload.requestsPerMinute });
	try {
		const run = await runOnce(testbed, workload, workflow, measuredNodes);
		// Stored executions with thousands of items or large files would slow down n8n and fill the disk.
		await client.deleteWorkflow(workflow.id);
		return run;
	} catch (error) {
		const { message } = error as Error;
		throw new Error(`${contender.name}, ${formatWorkload(workload)}: ${message}`, {
			cause: error,
		});
	}
}

async function runOnce(
	{ n8n, client, sandbox }: Testbed,
	workload: Workload,
	workflow: StoredWorkflow,
	measuredNodes: INode[],
): Promise<Run> {
	await n8n.resetPeakMemory();
	const { rss } = await n8n.readMemory();
	const id = await client.start(workflow);
	const summary = await waitForEnd(client, workflow);
	const { peak } = await n8n.readMemory();
	const { count, byStatus, peakInFlight, violations } = await sandbox.control.getTotals();

	const execution = await client.getExecution(id);
	if (execution.status !== 'success') throw new Error(describeFailure(execution));
	const names = measuredNodes.map(({ name }) => name);
	const last = names[names.length - 1];
	const errors = getItems(execution, last, 1);
	const total = getItems(execution, last, 0).length + errors.length;
	if (total !== workload.items) {
		throw new Error(`expected ${workload.items} items, but got ${total}`);
	}
	if (violations.length > 0) throw new Error(violations[0]);
	const { runData } = execution.data.resultData;
	return {
		nodeMs: names.reduce((sum, name) => sum + runData[name][0].executionTime, 0),
		workflowMs: getDuration(summary),
		requests: count,
		refused: byStatus[429] ?? 0,
		peakInFlight,
		failedItems: errors.filter((item) => !isMissingAsset(item)).length,
		peakMemory: peak,
		memoryGrowth: peak - rss,
	};
}

/** Whether an item is on the error output of our node or of HTTP Request because its asset does not exist. */
function isMissingAsset({ json }: INodeExecutionData): boolean {
	const { error, details } = json as {
		error?: { statusCode?: number };
		details?: { httpCode?: string };
	};
	return error?.statusCode === 404 || details?.httpCode === '404';
}
