import type { INode } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildItemSource, chainNodes } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import { VOICES } from '../../sandbox/voice/fixtures.mts';
import { LIP_SYNC_FIELDS, type NodeSettings } from '../workflow/syncNode.mts';

const additionalFields = { visualKind: 'video', outputFileName: '={{ $json.take }}' };

/** The settings of each operation that costs money. Each request contains the name of its take, such as `take_1`. */
const PAID = {
	generation: { operation: 'create', ...LIP_SYNC_FIELDS, additionalFields },
	speech: {
		operation: 'create',
		voiceId: byId(VOICES.sarah),
		script: '={{ $json.take }}',
		options: { mode: 'direct' },
	},
	voice: {
		operation: 'clone',
		name: '={{ $json.take }}',
		sampleFrom: 'asset',
		assetId: byId(ASSETS.voiceover),
	},
	batch: { operation: 'create', ...LIP_SYNC_FIELDS, additionalFields },
};

/** The resources with an operation that costs money. */
export type PaidResource = keyof typeof PAID;

/** Builds names of takes: `take_1` and so on. */
export const takeNames = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => `take_${index + 1}`);

/**
 * Builds a workflow with a node named Create that creates something for each take and pays for it. The node does not
 * retry requests, and an error stops the workflow.
 *
 * @param settings override the usual ones; `options` are merged
 * @param more other settings of the node
 */
export function buildPaidWorkflow(
	resource: PaidResource,
	names: string[],
	{ options, ...settings }: NodeSettings = {},
	more: Partial<INode> = {},
): WorkflowJson {
	const usual: NodeSettings = PAID[resource];
	const parameters = {
		resource,
		...usual,
		...settings,
		options: { ...usual.options, maxRetries: 0, ...options },
	};
	return chainNodes(`Create: ${resource}`, [
		...buildItemSource(names.map((take) => ({ take }))),
		buildSyncNode('Create', parameters, more),
	]);
}
