import { openAsBlob } from 'node:fs';
import path from 'node:path';

import type { N8nClient, StoredWorkflow, WorkflowJson } from '../n8n/client.mts';
import type { Execution } from '../n8n/execution.mts';

/** The placeholder in the examples for the URL of a Sync Trigger. */
const PLACEHOLDER_URL = 'https://n8n.example.com/webhook/finished';

/** What is entered into a form: texts, and files by their path. */
export type FormEntry = { text: string } | { file: string };

const findTrigger = ({ nodes }: WorkflowJson, type: string): string => {
	const trigger = nodes.find((node) => node.type.endsWith(`.${type}`));
	if (trigger?.webhookId !== undefined) return trigger.webhookId;
	throw new Error(`There is no ${type} with a webhook`);
};

/** Enters the production URL of a workflow's Sync Trigger in another workflow, as a user does. */
export function enterWebhookUrl(
	json: WorkflowJson,
	client: N8nClient,
	triggered: WorkflowJson,
): WorkflowJson {
	const url = `${client.url}/webhook/${findTrigger(triggered, 'syncTrigger')}/webhook`;
	return JSON.parse(JSON.stringify(json).replaceAll(PLACEHOLDER_URL, url)) as WorkflowJson;
}

/** Submits the form of an active workflow, and waits until the execution ends. */
export async function runByForm(
	client: N8nClient,
	workflow: StoredWorkflow,
	entries: FormEntry[],
): Promise<Execution> {
	const form = new FormData();
	for (const [index, entry] of entries.entries()) {
		const name = `field-${index}`;
		if ('text' in entry) form.append(name, entry.text);
		else form.append(name, await openAsBlob(entry.file), path.basename(entry.file));
	}
	await client.submitForm(findTrigger(workflow, 'formTrigger'), form);
	return await waitForTriggered(client, workflow);
}

/** Waits until a trigger has started a workflow, and that execution has ended. */
export async function waitForTriggered(
	client: N8nClient,
	{ id }: StoredWorkflow,
): Promise<Execution> {
	const [execution] = await client.waitForExecutions(id);
	return await client.waitForExecution(execution.id);
}
