import { setTimeout as sleep } from 'node:timers/promises';

import type { StoredWorkflow } from '../../n8n/client.mts';
import { getItems } from '../../n8n/execution.mts';
import { waitFor } from '../../n8n/wait.mts';
import { buildNode, chainNodes } from '../../n8n/workflow.mts';
import type { Experiment } from '../experiment.mts';
import { formatNumber } from '../format.mts';
import { waitForEnd } from '../measure.mts';
import { median } from '../statistics.mts';
import type { Testbed } from '../testbed.mts';
import { buildCreate, buildSyncGeneration, GENERATION_ID_FROM_ITEM, resetApi } from './common.mts';

const EXECUTIONS = 500;

/** How many executions to start at the same time. Each polls for up to 10 s before it is suspended. */
const GROUP_SIZE = 50;

/** How long to wait before measuring memory, so that n8n can collect garbage. */
const IDLE_MS = 20_000;

/** The timeout for suspending a group, in ms. */
const SUSPEND_TIMEOUT = 120_000;

/** The name of the node after Wait for Webhook. */
const NEXT = 'Next';

const WORKFLOW = chainNodes('Wait for Webhook', [
	buildNode('Start', 'n8n-nodes-base.manualTrigger', 1),
	buildCreate('webhook'),
	buildSyncGeneration('Wait', 'waitForWebhook', { generationId: GENERATION_ID_FROM_ITEM }),
	buildNode(NEXT, 'n8n-nodes-base.noOp', 1),
]);

/** Measures the memory of suspended executions, and how fast they resume. */
export const suspendedExecutions: Experiment = {
	name: 'suspendedExecutions',
	title: 'Wait for Webhook: suspended executions',
	notes: [
		`Executions of one workflow (Create with _Resume by Webhook_, then Wait for Webhook) start in groups of ${GROUP_SIZE} until all are suspended at the same time. The memory per execution is the growth of n8n's main process since before the first group. Both values are taken after ${IDLE_MS / 1000} s without activity, and a group runs before as warm-up. They include garbage that V8 has not collected yet.`,
		'Then the generations finish one after another, each after the response to the previous webhook. The time is measured from sending the webhook to the start of the node after Wait for Webhook.',
	],
	run: async (testbed, count = EXECUTIONS) => {
		const { n8n, client } = testbed;
		const group = Math.min(GROUP_SIZE, count);
		await resetApi(testbed, null, null);
		const warmUp = await client.createWorkflow(WORKFLOW);
		await resume(testbed, await suspend(testbed, warmUp, group));
		await waitForEnd(client, warmUp);
		await client.deleteWorkflow(warmUp.id);

		await resetApi(testbed, null, null);
		const workflow = await client.createWorkflow(WORKFLOW);
		await sleep(IDLE_MS);
		const before = await n8n.readMemory();
		const ids: string[] = [];
		while (ids.length < count) {
			ids.push(...(await suspend(testbed, workflow, Math.min(group, count - ids.length))));
		}
		await sleep(IDLE_MS);
		const after = await n8n.readMemory();
		const times = await resume(testbed, ids);
		await client.deleteWorkflow(workflow.id);
		const perExecution = (after.rss - before.rss) / count / 1024;
		return {
			goals: [],
			tables: [
				{
					title: `${formatNumber(count)} executions`,
					columns: [
						{ title: 'memory per execution (KiB)' },
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
						].map((value) => formatNumber(Math.round(value))),
					],
				},
			],
		};
	},
};

/** Starts executions, waits until they are suspended, and returns their IDs. */
async function suspend(
	{ client }: Testbed,
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
		SUSPEND_TIMEOUT,
		() => 'not all executions are suspended',
	);
	return ids;
}

/** Finishes the generations that executions wait for, and returns the ms from each webhook to the next node. */
async function resume({ client, sandbox: { control } }: Testbed, ids: string[]): Promise<number[]> {
	const generations: string[] = [];
	for (const id of ids) {
		const [{ json }] = getItems(await client.getExecution(id), 'Create');
		generations.push(json.id as string);
	}
	for (const [index, id] of generations.entries()) {
		await control.endGeneration(id);
		await control.waitForDeliveries(index + 1);
	}
	const deliveries = await control.listDeliveries();
	const sentAt = new Map(deliveries.map(({ id, at }) => [id, at]));
	const times: number[] = [];
	for (const [index, id] of ids.entries()) {
		const { data } = await client.waitForExecution(id);
		const [{ startTime }] = data.resultData.runData[NEXT];
		times.push(startTime - (sentAt.get(generations[index]) as number));
	}
	return times;
}
