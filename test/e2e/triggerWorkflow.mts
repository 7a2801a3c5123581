import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';

import { ApiClient } from '../../api/client.mts';
import type { ExampleApi } from '../../demo/api.mts';
import type { WorkflowJson } from '../../n8n/client.mts';
import { buildCredentials, SYNC_TRIGGER } from '../../n8n/syncNodes.mts';
import { buildNode, chainNodes } from '../../n8n/workflow.mts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';
import { LIP_SYNC_REQUEST } from '../contract/sandbox/apiLab.mts';

/** A workflow that starts when sync.so calls. */
export interface TriggerWorkflow {
	json: WorkflowJson;
	/** The path of its webhook, below `/webhook/` or `/webhook-test/`. */
	path: string;
}

/** Builds a workflow that starts when sync.so calls: Trigger → Next. @param credential the name of the credential */
export function buildTriggerWorkflow(
	parameters: INodeParameters = {},
	credential?: string,
): TriggerWorkflow {
	const webhookId = randomUUID();
	const credentials = buildCredentials(credential);
	const json = chainNodes('Trigger', [
		buildNode('Trigger', SYNC_TRIGGER, 1, { parameters, credentials, webhookId }),
		buildNode('Next', 'n8n-nodes-base.noOp', 1),
	]);
	return { json, path: `${webhookId}/webhook` };
}

/** Creates a generation at an API. @param webhookUrl the URL that the API calls when it has ended; default: none */
export async function createGeneration(
	{ url, apiKey }: ExampleApi,
	webhookUrl?: string,
): Promise<Generation> {
	const body = { ...LIP_SYNC_REQUEST, webhookUrl };
	return await new ApiClient(url, apiKey).request('POST', '/v2/generate', body);
}
