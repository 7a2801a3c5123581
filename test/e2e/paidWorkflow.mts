import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, itemSource, node } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import { VOICES } from '../../sandbox/voice/fixtures.mts';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Settings of the node Create. */
type Settings = INodeParameters & { options?: IDataObject };

/** What a generation is created from: assets of the sandbox's library. */
export const LIP_SYNC = {
	visualSource: 'asset',
	visualAssetId: byId(ASSETS.teaser),
	visualKind: 'video',
	audioSource: 'asset',
	audioAssetId: byId(ASSETS.voiceover),
	model: 'lipsync-2',
};

const additionalFields = { outputFileName: '={{ $json.take }}' };

/** The settings of each operation that costs money. Each request contains the name of its take, such as `take_1`. */
const PAID = {
	generation: { resource: 'generation', operation: 'create', ...LIP_SYNC, additionalFields },
	speech: {
		resource: 'speech',
		operation: 'create',
		voiceId: byId(VOICES.sarah),
		script: '={{ $json.take }}',
		options: { mode: 'direct' },
	},
	voice: {
		resource: 'voice',
		operation: 'clone',
		name: '={{ $json.take }}',
		sampleFrom: 'asset',
		assetId: byId(ASSETS.voiceover),
	},
	batch: { resource: 'batch', operation: 'create', ...LIP_SYNC, additionalFields },
};

/** The resources with an operation that costs money. */
export type PaidResource = keyof typeof PAID;

/** Names of takes: `take_1` and so on. */
export const takes = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => `take_${index + 1}`);

/**
 * A workflow in which a node named Create makes something that costs money, one for each take. The node does not retry
 * requests, and an error stops the workflow.
 *
 * @param settings override the usual ones, `options` one by one
 */
export function paidWorkflow(
	resource: PaidResource,
	names: string[],
	{ options, ...settings }: Settings = {},
): WorkflowJson {
	const usual: Settings = PAID[resource];
	return chain(`Create: ${resource}`, [
		...itemSource(names.map((take) => ({ take }))),
		node('Create', 'n8n-nodes-sync-so.syncGeneration', 1, {
			parameters: {
				...usual,
				...settings,
				options: { ...usual.options, maxRetries: 0, ...options },
			},
			credentials: { syncApi: { id: null, name: 'Sync API' } },
		}),
	]);
}
