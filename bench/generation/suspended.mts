import { setTimeout as sleep } from 'node:timers/promises';

import type { StoredWorkflow } from '../../n8n/client.mts';
import { items } from '../../n8n/execution.mts';
import { waitFor } from '../../n8n/wait.mts';
import { chain, node } from '../../n8n/workflow.mts';
import { median, number } from '../figures.mts';
import type { Lab } from '../lab.mts';
import { untilOver } from '../measure.mts';
import type { Study } from '../study.mts';
import { create, GENERATION_OF_ITEM, prepare, syncGeneration } from './jobs.mts';

const EXECUTIONS = 500;

/** How many are started at once: each looks for up to 10 s itself before it is suspended. */
const GROUP = 50;

/** How long nothing happens before memory is read, in ms, so that n8n can tidy up. */
const PAUSE_MS = 20_000;

/** How long a group may take to be suspended, in ms. */
const SUSPEND_LIMIT = 120_000;

const NEXT = 'Next';

const WORKFLOW = chain('Wait for Webhook', [
	node('Start', 'n8n-nodes-base.manualTrigger', 1),
	create('webhook'),
	syncGeneration('Wait', 'waitForWebhook', { generationId: GENERATION_OF_ITEM }),
	node(NEXT, 'n8n-nodes-base.noOp', 1),
]);

/** Executions that are suspended by Wait for Webhook. */
export const suspended: Study = {
	name: 'generationSuspended',
	title: 'Wait for Webhook: suspended executions',
	notes: [
		`Executions of one workflow (Create with _Resume by Webhook_, then Wait for Webhook) are started in groups of ${GROUP} until all are suspended at once. The memory is what n8n's main process holds then, after ${PAUSE_MS / 1000} s of rest, above what it held before after the same rest and a group as warm-up, for each execution; it has in it what V8 has not collected yet.`,
		'After that the generations end one after the other, each when the webhook of the one before has been answered. The time is from when the webhook is sent to the start of the node after Wait for Webhook.',
	],
	measure: async (lab, count = EXECUTIONS) => {
		const { n8n, client } = lab;
		const group = Math.min(GROUP, count);
		await prepare(lab, null, null);
		const warmUp = await client.createWorkflow(WORKFLOW);
		await resume(lab, await suspend(lab, warmUp, group));
		await untilOver(client, warmUp);
		await client.deleteWorkflow(warmUp.id);

		await prepare(lab, null, null);
		const workflow = await client.createWorkflow(WORKFLOW);
		await sleep(PAUSE_MS);
		const before = await n8n.memory();
		const ids: string[] = [];
		while (ids.length < count) {
			ids.push(...(await suspend(lab, workflow, Math.min(group, count - ids.length))));
		}
		await sleep(PAUSE_MS);
		const after = await n8n.memory();
		const times = await resume(lab, ids);
		await client.deleteWorkflow(workflow.id);
		const perExecution = (after.rss - before.rss) / count / 1024;
		return {
			goals: [],
			tables: [
				{
					title: `${number(count)} executions`,
					columns: [
						{ title: 'memory an execution (KiB)' },
						{ title: 'before (MiB)' },
						{ title: 'suspended (MiB)' },
						{ title: 'webhook to next node: median (ms)' },
						{ title: 'worst (ms)' },
					],
					rows: [
						[
							perExecution,
							before.rss / 1024 ** 2,
							after.rss / 1024 ** 2,
							median(times),
							Math.max(...times),
						].map((value) => number(Math.round(value))),
					],
				},
			],
		};
	},
};

/** Starts so many executions and waits until they are suspended; gives their ids. */
async function suspend(
	{ client }: Lab,
	workflow: StoredWorkflow,
	count: number,
): Promise<string[]> {
	const ids = await Promise.all(
		Array.from({ length: count }, async () => await client.start(workflow)),
	);
	await waitFor(
		async () => {
			const latest = await client.listExecutions(workflow.id, count);
			return latest.every(({ status }) => status === 'waiting') || undefined;
		},
		SUSPEND_LIMIT,
		() => 'not all executions are suspended',
	);
	return ids;
}

/** Ends the generations that executions wait for, and gives the ms from each webhook to the next node. */
async function resume({ client, sandbox: { control } }: Lab, ids: string[]): Promise<number[]> {
	const generations: string[] = [];
	for (const id of ids) {
		const [{ json }] = items(await client.getExecution(id), 'Create');
		generations.push(json.id as string);
	}
	for (const [index, id] of generations.entries()) {
		await control.endGeneration(id);
		await control.waitForDeliveries(index + 1);
	}
	const deliveries = await control.deliveries();
	const sentAt = new Map(deliveries.map(({ id, at }) => [id, at]));
	const times: number[] = [];
	for (const [index, id] of ids.entries()) {
		const { data } = await client.waitForExecution(id);
		const [{ startTime }] = data.resultData.runData[NEXT];
		times.push(startTime - (sentAt.get(generations[index]) as number));
	}
	return times;
}
