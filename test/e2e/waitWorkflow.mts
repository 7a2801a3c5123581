import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { buildCredentials, buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildNode, chainNodes } from '../../n8n/workflow.mts';
import { LIP_SYNC_REQUEST } from '../contract/sandbox/apiLab.mts';

const generationId = byId('={{ $json.id }}');

/**
 * Builds a workflow that creates a generation with an HTTP Request node and waits for its webhook: Start → Create →
 * Wait → Get. With an error output, Wait → Failed too.
 *
 * @param url of the API
 */
export function buildWaitWorkflow(
	url: string,
	parameters: INodeParameters = {},
	onError?: INode['onError'],
): WorkflowJson {
	const body = `{ ...${JSON.stringify(LIP_SYNC_REQUEST)}, webhookUrl: $execution.resumeUrl }`;
	const wait = { resource: 'generation', operation: 'waitForWebhook', generationId, ...parameters };
	const workflow = chainNodes('Wait for a generation', [
		buildNode('Start', 'n8n-nodes-base.manualTrigger', 1),
		buildNode('Create', 'n8n-nodes-base.httpRequest', 4.2, {
			parameters: {
				method: 'POST',
				url: `${url}/v2/generate`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'syncApi',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ ${body} }}`,
				options: {},
			},
			credentials: buildCredentials(),
		}),
		buildSyncNode('Wait', wait, { onError }),
		buildSyncNode('Get', { resource: 'generation', operation: 'get', generationId }),
	]);
	if (onError !== 'continueErrorOutput') return workflow;
	const failed = buildNode('Failed', 'n8n-nodes-base.noOp', 1);
	const { main } = workflow.connections.Wait;
	return {
		...workflow,
		nodes: [...workflow.nodes, failed],
		connections: {
			...workflow.connections,
			Wait: { main: [...main, [{ node: 'Failed', type: 'main', index: 0 }]] },
		},
	};
}
