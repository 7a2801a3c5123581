import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, itemSource, node } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';

/**
 * A workflow in which a node named Create has a video made for each of some items and waits for it. The node itself sends
 * nothing twice, but n8n tries it again when it fails.
 */
export function createWorkflow(count: number): WorkflowJson {
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	return chain('Create videos', [
		...itemSource(Array.from({ length: count }, (_, index) => ({ video: index + 1 }))),
		node('Create', 'n8n-nodes-sync-so.syncGeneration', 1, {
			parameters: {
				resource: 'generation',
				operation: 'create',
				visualSource: 'asset',
				visualAssetId: byId(ASSETS.teaser),
				audioSource: 'asset',
				audioAssetId: byId(ASSETS.voiceover),
				wait: 'inNode',
				options: { maxRetries: 0 },
			},
			credentials: { syncApi: { id: null, name: 'Sync API' } },
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 100,
		}),
	]);
}
