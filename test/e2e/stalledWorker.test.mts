import { STALL_SETTINGS } from '../../n8n/queueMode.mts';
import { waitFor } from '../../n8n/wait.mts';
import type { Worker } from '../../n8n/worker.mts';
import { listGenerations } from './listGenerations.mts';
import { useQueueMode } from './n8nLab.mts';
import { buildPaidWorkflow, takeNames } from './paidWorkflow.mts';
import { requirePrograms } from './requireOrSkip.mts';

const withServices = requirePrograms('The test of stalled workers', 'redis', 'postgres');

jest.setTimeout(120_000);

/** How long (ms) n8n may take to notice a stalled worker and start its executions on another one. */
const STALL_LIMIT = 60_000;

/** The number of items of an execution. Each creates a generation. */
const ITEMS = 10;

/** The number of requests that an execution sends at the same time. */
const IN_FLIGHT = 2;

/** The number of executions that a worker runs at the same time. */
const CONCURRENCY = 2;

/** The number of executions that two workers run at the same time. */
const EXECUTIONS = 2 * CONCURRENCY;

/**
 * When a worker stalls, n8n 1.x runs its executions again on another worker, under the same IDs. n8n 2.x does not.
 */
withServices('in n8n 1.123.81 in queue mode, when a worker that creates generations', () => {
	const lab = useQueueMode({
		version: '1.123.81',
		concurrency: CONCURRENCY,
		database: 'postgres',
		env: STALL_SETTINGS,
	});
	let worker: Worker;

	beforeEach(async () => {
		// A worker that has stalled gets no more executions.
		worker = await lab.queue.addWorker();
		await lab.control.configure({ concurrency: null, generationsPerMinute: null, latencyMs: 1000 });
	});

	afterEach(async () => await worker.stop());

	/** Starts executions that create generations, and waits until each has created one. */
	async function startExecutions(): Promise<string[]> {
		const ids: string[] = [];
		const takesByExecution: string[][] = [];
		for (let index = 0; index < EXECUTIONS; index++) {
			const names = takeNames(ITEMS).map((take) => `${index}_${take}`);
			const options = { maxConcurrent: IN_FLIGHT };
			const json = buildPaidWorkflow('generation', names, { options });
			ids.push(await lab.client.start(await lab.client.createWorkflow(json)));
			takesByExecution.push(names);
		}
		await waitFor(
			async () => {
				const requests = JSON.stringify(await lab.control.listRequests());
				const counts = takesByExecution.map((names) =>
					names.filter((name) => requests.includes(`"${name}"`)),
				);
				// One more than can be in flight, so the first one has been answered.
				return counts.every(({ length }) => length > IN_FLIGHT) || undefined;
			},
			STALL_LIMIT,
			() => 'an execution has not created any generation',
		);
		// The workers are busy now. The rest can be fast.
		await lab.control.configure({ latencyMs: 0 });
		return ids;
	}

	/** Waits until n8n has started the worker's executions again on the other worker. */
	async function waitForRerun(): Promise<void> {
		const own = await worker.findLogged('started');
		expect(own).toHaveLength(CONCURRENCY);
		await waitFor(
			async () => {
				const other = await lab.queue.workers[0].findLogged('started');
				return own.every((id) => other.includes(id)) || undefined;
			},
			STALL_LIMIT,
			() => `n8n has not run the executions ${own.join(', ')} again`,
		);
	}

	/** Waits until the worker has finished its executions. */
	async function waitForOwnExecutions(): Promise<void> {
		await waitFor(
			async () => (await worker.findLogged('finished')).length === CONCURRENCY || undefined,
			STALL_LIMIT,
			() => 'the worker has not finished its executions',
		);
	}

	/** Expects that each generation was created once, and that its ID is in an execution or a log. */
	async function expectCreatedOnce(ids: string[]): Promise<void> {
		const ends = ids.map(async (id) => await lab.client.waitForExecution(id));
		const executions = await Promise.all(ends);
		expect((await lab.control.getGenerationTotals()).created).toBe(EXECUTIONS * ITEMS);
		const logs = await Promise.all(lab.queue.workers.map(async (one) => await one.readLog()));
		const known = [JSON.stringify(executions), ...logs].join('\n');
		const generations = await listGenerations(lab.api);
		expect(generations.filter(({ id }) => !known.includes(id))).toEqual([]);
		expect(executions.map(({ status }) => status)).toEqual(Array(EXECUTIONS).fill('success'));
	}

	test('freezes and continues later, each generation is created once and its ID is known', async () => {
		const ids = await startExecutions();
		await worker.pause();
		await waitForRerun();
		await worker.resume();
		await waitForOwnExecutions();
		await expectCreatedOnce(ids);
	});

	test('is killed, each generation is created once and its ID is known', async () => {
		const ids = await startExecutions();
		await worker.kill();
		await waitForRerun();
		await expectCreatedOnce(ids);
	});
});
