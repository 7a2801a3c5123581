import { readExample } from '../../demo/run.mts';
import type { WorkflowJson } from '../../n8n/client.mts';
import { isCrashed } from '../../n8n/execution.mts';
import { LATEST_N8N, N8N_VERSIONS } from '../../n8n/install.mts';
import { findFreePorts } from '../../n8n/ports.mts';
import { STALL_SETTINGS } from '../../n8n/queueMode.mts';
import { waitFor } from '../../n8n/wait.mts';
import { activateWebhook, callMany, waitForEnds } from '../../n8n/webhookLoad.mts';
import { listGenerations } from './listGenerations.mts';
import { useQueueMode } from './n8nLab.mts';
import { buildPaidWorkflow, takeNames } from './paidWorkflow.mts';
import { requirePrograms } from './requireOrSkip.mts';
import { buildResumeWorkflow } from './resumeWorkflow.mts';

const withServices = requirePrograms('The load test', 'redis', 'postgres');

/** `npm run test:queue` sets 1,000. */
const EXECUTIONS = Number(process.env.QUEUE_EXECUTIONS ?? 50);
const isLong = process.env.QUEUE_EXECUTIONS !== undefined;

/** The number of executions that are suspended at the same time. */
const SUSPENDED = EXECUTIONS / 5;

/** The number of executions that pay while processes end, and how many generations each creates. */
const PAYING = isLong ? 40 : 8;
const ITEMS = 3;

/** Unique, so that a generation that was created twice has a name twice. */
const NAME_OF_TAKE = '={{ $execution.id }}_{{ $json.take }}';

/** The number of executions that a worker runs at the same time. */
const CONCURRENCY = 5;

/** The number of generations that end at the same time. */
const CALLS_AT_ONCE = 5;

/** In ms. */
const LIMIT = 60_000 + EXECUTIONS * 1000;

jest.setTimeout(3 * LIMIT);

const versions = isLong ? N8N_VERSIONS : [LATEST_N8N];

withServices.each(versions)(
	'n8n %s in queue mode, with a webhook process and two workers',
	(version) => {
		const env: NodeJS.ProcessEnv = { ...STALL_SETTINGS };
		let port: number;
		let url: string;

		beforeAll(async () => {
			[port] = await findFreePorts(1);
			// sync.so calls the webhook process, not the main process.
			env.WEBHOOK_URL = `http://127.0.0.1:${port}/`;
		});

		const lab = useQueueMode({ version, database: 'postgres', concurrency: CONCURRENCY, env });

		beforeAll(async () => {
			await lab.queue.addWorker();
			({ url } = await lab.queue.addWebhookProcess(port));
		}, LIMIT);

		beforeEach(async () => {
			const unlimited = { requestsPerMinute: null, generationsPerMinute: null, concurrency: null };
			await lab.control.configure(unlimited);
		});

		const activate = async (json: WorkflowJson) => await activateWebhook(lab.client, json, url);

		/** Counts the executions that each worker has started. */
		const countStarted = async () =>
			await Promise.all(
				lab.queue.workers.map(async (worker) => (await worker.findLogged('started')).length),
			);

		test(`runs ${EXECUTIONS} executions of the enrichment example without losing any`, async () => {
			const [workflow, webhook] = await activate(await readExample('enrich-records.json', lab.api));
			const before = await countStarted();
			const start = Date.now();
			expect(await callMany(webhook, EXECUTIONS)).toEqual([]);
			await waitForEnds(lab.client, workflow, EXECUTIONS, LIMIT);
			if (isLong) {
				const seconds = ((Date.now() - start) / 1000).toFixed(0);
				console.log(`n8n ${version}: ${EXECUTIONS} executions in ${seconds} s on two workers`);
			}
			expect(await lab.client.countExecutions(workflow.id)).toBe(EXECUTIONS);
			expect(await lab.client.countExecutions(workflow.id, ['success'])).toBe(EXECUTIONS);
			// Each execution looks its nine assets up in one request.
			const { byOperation } = await lab.control.getTotals();
			expect(byOperation.getAssetsByIds).toBe(EXECUTIONS);
			const after = await countStarted();
			expect(after.filter((count, index) => count - before[index] < EXECUTIONS / 5)).toEqual([]);
		});

		test(`resumes ${SUSPENDED} suspended executions through the webhook process after a restart`, async () => {
			await lab.control.addOutcome({ pendingMs: null });
			const [workflow, webhook] = await activate(buildResumeWorkflow());
			expect(await callMany(webhook, SUSPENDED)).toEqual([]);
			await waitFor(
				async () =>
					(await lab.client.countExecutions(workflow.id, ['waiting'])) === SUSPENDED || undefined,
				LIMIT,
				() => 'not all executions are suspended',
			);
			await lab.queue.n8n.restart();
			const generations = await listGenerations(lab.api);
			for (const [index, { id }] of generations.entries()) {
				await lab.control.endGeneration(id);
				// With its default of two database connections, n8n refuses some of hundreds of calls at once.
				await lab.control.waitForDeliveries(index + 1 - CALLS_AT_ONCE);
			}
			await waitForEnds(lab.client, workflow, SUSPENDED, LIMIT);
			expect(await lab.client.countExecutions(workflow.id, ['success'])).toBe(SUSPENDED);
			expect((await lab.control.getGenerationTotals()).created).toBe(SUSPENDED);
			const statuses = (await lab.control.listDeliveries()).map(({ status }) => status);
			expect(statuses.filter((status) => status !== 200)).toEqual([]);
		});

		test('pays for nothing twice, and knows what it paid for, when a worker is killed and Redis and n8n restart', async () => {
			await lab.control.configure({ latencyMs: 500 });
			const [workflow, webhook] = await activate(
				buildPaidWorkflow('generation', takeNames(ITEMS), {
					additionalFields: { visualKind: 'video', outputFileName: NAME_OF_TAKE },
				}),
			);
			expect(await callMany(webhook, PAYING)).toEqual([]);
			await lab.control.waitForRequests(ITEMS);
			await lab.queue.workers[1].kill();
			await lab.queue.redis.restart();
			await lab.queue.n8n.restart();
			await lab.queue.addWorker();
			await waitForEnds(lab.client, workflow, PAYING, LIMIT);
			const summaries = await lab.client.listExecutions(workflow.id, PAYING);
			const executions = await Promise.all(
				summaries.map(async ({ id }) => await lab.client.getExecution(id)),
			);
			const generations = await listGenerations(lab.api);
			const names = generations.map(({ outputFileName }) => outputFileName);
			expect(new Set(names).size).toBe(names.length);
			const logs = await Promise.all(
				[...lab.queue.workers, lab.queue.n8n].map(async (one) => await one.readLog()),
			);
			const known = [JSON.stringify(executions), ...logs].join('\n');
			const crashedIds = executions.filter(isCrashed).map(({ id }) => id);
			// Nobody received the responses to the requests that were in flight when the worker was killed.
			const unknown = generations.filter(({ id }) => !known.includes(id));
			const owners = unknown.map(({ outputFileName }) => String(outputFileName).split('_')[0]);
			expect(owners.filter((id) => !crashedIds.includes(id))).toEqual([]);
			expect(unknown.length).toBeLessThanOrEqual(CONCURRENCY * ITEMS);
			if (isLong) {
				console.log(
					`n8n ${version}: ${names.length} generations paid, none twice; ${crashedIds.length} of ${PAYING} executions crashed; ${unknown.length} generations whose response was in flight`,
				);
			}
			const succeeded = summaries.filter(({ status }) => status === 'success').length;
			expect(crashedIds.length + succeeded).toBe(PAYING);
			expect(crashedIds.length).toBeLessThanOrEqual(CONCURRENCY);
			expect(names.length).toBeGreaterThanOrEqual(succeeded * ITEMS);
		});
	},
);
