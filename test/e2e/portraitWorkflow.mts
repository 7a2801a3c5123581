import type { WorkflowJson } from '../../n8n/client.mts';
import { buildSyncNode } from '../../n8n/syncNodes.mts';
import { buildNode, chainNodes } from '../../n8n/workflow.mts';

/** What the voice says. */
export const SCRIPT = 'Here is the news.';

/** A list in which nothing is selected yet. */
export const unselected = { __rl: true, mode: 'list', value: '' };

/** Builds a workflow whose portrait, voice and generation are still to be selected: Start → Create → Get. */
export const buildPortraitWorkflow = (): WorkflowJson =>
	chainNodes('Talking portrait', [
		buildNode('Start', 'n8n-nodes-base.manualTrigger', 1),
		buildSyncNode('Create', {
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
		buildSyncNode('Get', { resource: 'generation', operation: 'get', generationId: unselected }),
	]);
