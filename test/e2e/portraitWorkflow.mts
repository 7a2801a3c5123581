import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, node } from '../../n8n/workflow.mts';

/** What the voice says. */
export const SCRIPT = 'Here is the news.';

const type = 'n8n-nodes-sync-so.syncGeneration';
const credentials = { syncApi: { id: null, name: 'Sync API' } };
const unpicked = { __rl: true, mode: 'list', value: '' };

/** A workflow for somebody to pick a portrait, a voice and a generation in: Start → Create → Get. */
export const portraitWorkflow = (): WorkflowJson =>
	chain('Talking portrait', [
		node('Start', 'n8n-nodes-base.manualTrigger', 1),
		node('Create', type, 1, {
			parameters: {
				resource: 'generation',
				operation: 'create',
				model: 'sync-3',
				visualSource: 'asset',
				visualAssetId: unpicked,
				audioSource: 'text',
				voiceId: unpicked,
				script: SCRIPT,
				wait: 'inNode',
				additionalFields: { outputFileName: 'talk' },
			},
			credentials,
		}),
		node('Get', type, 1, {
			parameters: { resource: 'generation', operation: 'get', generationId: unpicked },
			credentials,
		}),
	]);
