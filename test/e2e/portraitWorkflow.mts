import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, node } from '../../n8n/workflow.mts';
import { syncNode } from '../workflow/syncNode.mts';

/** What the voice says. */
export const SCRIPT = 'Here is the news.';

/** A list in which nothing is selected yet. */
const unselected = { __rl: true, mode: 'list', value: '' };

/** Builds a workflow whose portrait, voice and generation are still to be selected: Start → Create → Get. */
export const buildPortraitWorkflow = (): WorkflowJson =>
	chain('Talking portrait', [
		node('Start', 'n8n-nodes-base.manualTrigger', 1),
		syncNode('Create', {
			resource: 'generation',
			operation: 'create',
			model: 'sync-3',
			visualSource: 'asset',
			visualAssetId: unselected,
			audioSource: 'text',
			voiceId: unselected,
			script: SCRIPT,
			wait: 'inNode',
			additionalFields: { outputFileName: 'talk' },
		}),
		syncNode('Get', { resource: 'generation', operation: 'get', generationId: unselected }),
	]);
