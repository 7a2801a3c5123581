import type { INodeParameters } from 'n8n-workflow';

import { node } from '../../n8n/workflow.mts';
import type { Subject } from '../comparison.mts';
import { ASSET_OF_ITEM, httpRequest, syncAsset } from '../nodes.mts';

const ON_ERROR = { onError: 'continueErrorOutput' } as const;

const get = (options: INodeParameters, more: INodeParameters = {}): Subject['nodes'] => {
	const parameters = { assetId: ASSET_OF_ITEM, options, ...more };
	return () => [syncAsset('get', parameters, ON_ERROR)];
};

/** Our Get as it is without options. */
export const combined: Subject = { name: 'Sync Asset: Get', nodes: get({}) };

/** Our Get with one request for each item. */
export const single: Subject = {
	name: 'Sync Asset: Get, Combine Lookups off',
	nodes: get({ combineLookups: false }),
};

/** The same with more requests in flight: by default there are 10, where HTTP Request has no cap. */
export const singleWide: Subject = {
	name: 'Sync Asset: Get, Combine Lookups off, 50 at once',
	nodes: get({ combineLookups: false, maxConcurrent: 50 }),
};

/** Our Get when it is enough to know that an asset is missing. */
export const returnItem: Subject = {
	name: 'Sync Asset: Get, Return Item if missing',
	nodes: get({}, { ifMissing: 'returnItem' }),
};

/** What a user would take instead. */
export const byHttpRequest: Subject = {
	name: 'HTTP Request',
	nodes: (url) => [
		httpRequest('HTTP Request', { url: `=${url}/v2/assets/{{ $json.assetId }}` }, ON_ERROR),
	],
};

/** What n8n needs to evaluate one expression for each item. */
export const editFields: Subject = {
	name: 'Edit Fields, one expression',
	nodes: () => [
		node('Edit Fields', 'n8n-nodes-base.set', 3.4, {
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

/** What n8n needs to hand items on. */
export const noOp: Subject = {
	name: 'NoOp',
	nodes: () => [node('NoOp', 'n8n-nodes-base.noOp', 1)],
};
