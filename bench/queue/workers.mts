import { readExample } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { LATEST_N8N } from '../../n8n/install.mts';
import { startQueueMode } from '../../n8n/queueMode.mts';
import { createSyncCredential } from '../../n8n/syncNodes.mts';
import { activateWebhook, callMany, waitForEnds } from '../../n8n/webhookLoad.mts';
import { startSandbox } from '../../sandbox/server.mts';
import type { Experiment } from '../experiment.mts';
import { formatNumber } from '../format.mts';
import { LATENCY_MS } from '../testbed.mts';

const EXECUTIONS = 1000;
const WARM_UP = 50;

/** The number of executions that a worker runs at the same time. */
const CONCURRENCY = 10;

/** The timeout for all executions of a run, in ms. */
const TIMEOUT = 20 * 60_000;

/** Measures how many executions per second n8n in queue mode runs. */
export const workers: Experiment = {
	name: 'workers',
	title: 'Queue mode: executions per second',
	notes: [
		`An n8n in queue mode of its own, with PostgreSQL, Redis and a webhook process, gets calls of a webhook, 20 at a time. Each starts the example \`enrich-records.json\`: ten records, whose nine assets one Sync Asset node looks up in one request. A worker runs up to ${CONCURRENCY} executions at the same time. The time is from the first call to the end of the last execution.`,
		'All processes share the CPUs of one machine, so a second worker adds less than it would on another machine.',
	],
	run: async (_testbed, count = EXECUTIONS) => {
		const sandbox = await startSandbox({ latencyMs: LATENCY_MS, requestsPerMinute: null });
		const queue = await startQueueMode({
			version: LATEST_N8N,
			database: 'postgres',
			concurrency: CONCURRENCY,
		});
		try {
			const client = await N8nClient.connect(queue.n8n.url);
			await createSyncCredential(client, sandbox);
			const { url } = await queue.addWebhookProcess();
			const example = await readExample('enrich-records.json');

			/** Runs some executions. @returns how long they took, in seconds, and how many failed */
			const measure = async (executions: number) => {
				const [workflow, webhook] = await activateWebhook(client, example, url);
				const start = performance.now();
				const refused = await callMany(webhook, executions);
				await waitForEnds(client, workflow, executions - refused.length, TIMEOUT);
				const seconds = (performance.now() - start) / 1000;
				const failed = executions - (await client.countExecutions(workflow.id, ['success']));
				await client.deactivate(workflow);
				return { seconds, failed };
			};

			const rows: string[][] = [];
			let failures = 0;
			for (const workerCount of [1, 2]) {
				if (workerCount > 1) await queue.addWorker();
				await measure(WARM_UP);
				const { seconds, failed } = await measure(count);
				failures += failed;
				rows.push([
					String(workerCount),
					formatNumber(count),
					seconds.toFixed(1),
					(count / seconds).toFixed(1),
				]);
			}
			return {
				goals: [
					{
						description: 'Queue mode: no execution is lost or fails',
						measured: `${formatNumber(failures)} of ${formatNumber(2 * count)}`,
						reached: failures === 0,
					},
				],
				tables: [
					{
						title: `${formatNumber(count)} executions`,
						columns: [
							{ title: 'workers' },
							{ title: 'executions' },
							{ title: 'time (s)' },
							{ title: 'executions per second' },
						],
						rows,
					},
				],
			};
		} finally {
			await queue.stop();
			await sandbox.close();
		}
	},
};
