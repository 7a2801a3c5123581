import type { INodeParameters } from 'n8n-workflow';

import { buildNode } from '../../n8n/workflow.mts';
import type { Contender } from '../comparison.mts';
import { ASSET_ID_FROM_ITEM, buildHttpRequest, buildSyncAsset } from '../nodes.mts';

const ON_ERROR = { onError: 'continueErrorOutput' } as const;

const createGet = (
	options: INodeParameters,
	additional: INodeParameters = {},
): Contender['nodes'] => {
	const parameters = { assetId: ASSET_ID_FROM_ITEM, options, ...additional };
	return () => [buildSyncAsset('get', parameters, ON_ERROR)];
};

/** Our Get with its default options. */
export const combined: Contender = { name: 'Sync Asset: Get', nodes: createGet({}) };

/** Our Get with one request for each item. */
export const single: Contender = {
	name: 'Sync Asset: Get, Combine Lookups off',
	nodes: createGet({ combineLookups: false }),
};

/** The same with 50 concurrent requests. The default is 10, while HTTP Request has no limit. */
export const single50AtOnce: Contender = {
	name: 'Sync Asset: Get, Combine Lookups off, 50 at once',
	nodes: createGet({ combineLookups: false, maxConcurrent: 50 }),
};

/** Our Get when the reason why an asset is missing doesn't matter. */
export const returnItem: Contender = {
	name: 'Sync Asset: Get, Return Item if missing',
	nodes: createGet({}, { ifMissing: 'returnItem' }),
};

/** The alternative for a user. */
export const byHttpRequest: Contender = {
	name: 'HTTP Request',
	nodes: (url) => [
		buildHttpRequest('HTTP Request', { url: `=${url}/v2/assets/{{ $json.assetId }}` }, ON_ERROR),
	],
};

/** The time that n8n takes to evaluate one expression for each item. */
export const editFields: Contender = {
	name: 'Edit Fields, one expression',
	nodes: () => [
		buildNode('Edit Fields', 'n8n-nodes-base.set', 3.4, {
			parameters: {
				assignments: {
					assignments: [
						{ id: 'copy', name: 'copy', value: '={{ $json.assetId }}', type: 'string' },
					],
				},
				includeOtherFields: true,
				options: {},
			},
		}),
	],
};

/** The time that n8n takes to pass items on. */
export const noOp: Contender = {
	name: 'NoOp',
	nodes: () => [buildNode('NoOp', 'n8n-nodes-base.noOp', 1)],
};
