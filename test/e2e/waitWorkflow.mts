import type { IDataObject, INode, NodeParameterValueType } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, node } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';

const credentials = { syncApi: { id: null, name: 'Sync API' } };

const generationId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };

/** What is asked for, in the words of the API. */
const REQUEST = JSON.stringify({
	model: 'lipsync-2',
	input: [
		{ type: 'video', assetId: ASSETS.interview },
		{ type: 'audio', assetId: ASSETS.voiceover },
	],
});

/**
 * A workflow that has a generation made and waits for its webhook: Start → Create → Wait → Get. The error output of
 * Wait goes on to Failed, if On Error says that there is one.
 *
 * @param url where the API is
 */
export function waitWorkflow(
	url: string,
	parameters: Record<string, NodeParameterValueType | IDataObject> = {},
	onError?: INode['onError'],
): WorkflowJson {
	const workflow = chain('Wait for a generation', [
		node('Start', 'n8n-nodes-base.manualTrigger', 1),
		node('Create', 'n8n-nodes-base.httpRequest', 4.2, {
			parameters: {
				method: 'POST',
				url: `${url}/v2/generate`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'syncApi',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ { ...${REQUEST}, webhookUrl: $execution.resumeUrl } }}`,
				options: {},
			},
			credentials,
		}),
		node('Wait', 'n8n-nodes-sync-so.syncGeneration', 1, {
			parameters: {
				resource: 'generation',
				operation: 'waitForWebhook',
				generationId,
				...parameters,
			},
			credentials,
			onError,
		}),
		node('Get', 'n8n-nodes-sync-so.syncGeneration', 1, {
			parameters: { resource: 'generation', operation: 'get', generationId },
			credentials,
		}),
	]);
	if (onError !== 'continueErrorOutput') return workflow;
	const failed = node('Failed', 'n8n-nodes-base.noOp', 1);
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
