import { randomUUID } from 'node:crypto';

import type { N8nClient, StoredWorkflow, WorkflowJson } from './client.mts';
import { END_STATUSES } from './execution.mts';
import { callRegistered } from './registration.mts';
import { waitFor } from './wait.mts';
import { buildNode } from './workflow.mts';

/** How many calls a client sends at the same time. */
const CONCURRENT_CALLS = 20;

/** A workflow that starts when its webhook is called. */
interface WebhookWorkflow {
	json: WorkflowJson;
	/** The path of its webhook, below `/webhook/`. */
	path: string;
}

/** Replaces the Manual Trigger of a workflow with a Webhook node that responds at once. */
function startByWebhook(json: WorkflowJson): WebhookWorkflow {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const nodes = json.nodes.map((node) =>
		node.type === 'n8n-nodes-base.manualTrigger'
			? buildNode(node.name, 'n8n-nodes-base.webhook', 2, { parameters, webhookId: path })
			: node,
	);
	return { json: { ...json, nodes }, path };
}

/** Stores and activates a workflow, and waits until the process at `url` knows its webhook. Returns the webhook's URL too. */
export async function activateWebhook(
	client: N8nClient,
	workflow: WorkflowJson,
	url: string,
): Promise<[StoredWorkflow, string]> {
	const { json, path } = startByWebhook(workflow);
	const stored = await client.createWorkflow(json);
	await client.activateTriggers(stored);
	const webhook = `${url}/webhook/${path}`;
	// n8n refuses GET, and says so only if it knows the webhook.
	await callRegistered(webhook, {}, ({ body }) =>
		body.includes('Did you mean to make a POST request'),
	);
	return [stored, webhook];
}

/** Calls a webhook many times. @returns the HTTP statuses that are not 200 */
export async function callMany(url: string, count: number): Promise<number[]> {
	const refused: number[] = [];
	let sent = 0;
	const callInTurn = async () => {
		while (sent++ < count) {
			const response = await fetch(url, { method: 'POST' });
			await response.text();
			if (response.status !== 200) refused.push(response.status);
		}
	};
	await Promise.all(Array.from({ length: CONCURRENT_CALLS }, callInTurn));
	return refused;
}

/** Waits until a workflow has this many executions that have ended. @param timeout in ms */
export async function waitForEnds(
	client: N8nClient,
	{ id, name }: StoredWorkflow,
	count: number,
	timeout: number,
): Promise<void> {
	let ended = 0;
	await waitFor(
		async () => {
			ended = await client.countExecutions(id, END_STATUSES);
			return ended >= count || undefined;
		},
		timeout,
		() => `${ended} of ${count} executions of "${name}" have ended`,
	);
}
