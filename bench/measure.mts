import type { StoredWorkflow } from '../n8n/client.mts';
import { describeFailure, durationOf, END_STATUSES, items } from '../n8n/execution.mts';
import { waitFor } from '../n8n/wait.mts';
import { chain, itemSource, node } from '../n8n/workflow.mts';
import { assetIdAt } from '../sandbox/library.mts';
import type { Input, Result, Round, Run, Subject } from './comparison.mts';
import type { Lab } from './lab.mts';

/** The name of the measured node in its workflow. */
const MEASURED = 'Measured Node';

/** What a node does before it is measured, so that n8n has loaded and compiled what it needs. */
const WARM_UP: Input = { items: 100, missing: 0, requestsPerMinute: null };

/** How long (ms) one run may take. */
const RUN_LIMIT = 10 * 60_000;

/** Lets n8n get used to nodes. @throws Error when one does not work */
export async function warmUp(lab: Lab, subjects: Subject[]): Promise<void> {
	for (const subject of subjects) await measure(lab, WARM_UP, subject);
}

/**
 * Measures the nodes of a round in turn, every other time in the opposite order, so that what changes slowly on the
 * machine touches all alike.
 *
 * @param tell is called after each run
 * @throws Error when a run gives no figures
 */
export async function measureRound(
	lab: Lab,
	round: Round,
	tell: (subject: Subject, run: Run) => void = () => {},
): Promise<Result[]> {
	const results = round.subjects.map((subject): Result => ({ round, subject, runs: [] }));
	for (let turn = 0; turn < round.repeat; turn++) {
		for (const { subject, runs } of turn % 2 === 0 ? results : results.toReversed()) {
			if (round.freshN8n) {
				await lab.n8n.restart();
				await warmUp(lab, [subject]);
			}
			const run = await measure(lab, round, subject);
			runs.push(run);
			tell(subject, run);
		}
	}
	return results;
}

async function measure(lab: Lab, input: Input, subject: Subject): Promise<Run> {
	const { client, sandbox } = lab;
	const { control } = sandbox;
	const { type, typeVersion, ...more } = subject.node(sandbox.url);
	const source = itemSource(idsOf(input).map((assetId) => ({ assetId })));
	const workflow = await client.createWorkflow(
		chain(subject.name, [...source, node(MEASURED, type, typeVersion, more)]),
	);
	await control.reset();
	await control.seed(input.items);
	// This begins a new minute of the limit, too.
	await control.configure({ requestsPerMinute: input.requestsPerMinute });
	try {
		const run = await runOnce(lab, input, workflow);
		// Executions with thousands of items would make n8n's database large.
		await client.deleteWorkflow(workflow.id);
		return run;
	} catch (error) {
		const { message } = error as Error;
		throw new Error(`${subject.name}, ${input.items} items: ${message}`, { cause: error });
	}
}

async function runOnce(
	{ n8n, client, sandbox }: Lab,
	input: Input,
	workflow: StoredWorkflow,
): Promise<Run> {
	await n8n.resetPeakMemory();
	const id = await client.start(workflow);
	// By the list, because n8n needs time and memory to give an execution with all its items.
	const ended = await waitFor(
		async () => {
			const [latest] = await client.executionsOf(workflow.id, 1);
			return latest && END_STATUSES.includes(latest.status) ? latest : undefined;
		},
		RUN_LIMIT,
		() => 'the execution is not over',
	);
	const { peak } = await n8n.memory();
	const { count, byStatus, peakInFlight, violations } = await sandbox.control.totals();

	const execution = await client.execution(id);
	if (execution.status !== 'success') throw new Error(describeFailure(execution));
	const failed = items(execution, MEASURED, 1).length;
	const out = items(execution, MEASURED, 0).length + failed;
	if (out !== input.items) throw new Error(`${out} items came out`);
	if (violations.length > 0) throw new Error(violations[0]);
	return {
		nodeMs: execution.data.resultData.runData[MEASURED][0].executionTime,
		workflowMs: durationOf(ended),
		requests: count,
		refused: byStatus[429] ?? 0,
		peakInFlight,
		failedItems: failed - (byStatus[404] ?? 0),
		peakMemory: peak,
	};
}

/** The IDs of seeded assets, and, spread evenly among them, of assets that are not there. */
function idsOf({ items, missing }: Input): string[] {
	const isMissing = (index: number) =>
		Math.floor(((index + 1) * missing) / items) > Math.floor((index * missing) / items);
	return Array.from({ length: items }, (_, index) =>
		assetIdAt(isMissing(index) ? items + index : index),
	);
}
