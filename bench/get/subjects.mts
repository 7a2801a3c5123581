import type { Subject } from '../comparison.mts';
import { CREDENTIAL } from '../lab.mts';

const syncAsset = (options: { combineLookups?: boolean }): Subject['node'] => {
	const assetId = { __rl: true, mode: 'id', value: '={{ $json.assetId }}' };
	return () => ({
		type: 'n8n-nodes-sync-so.syncAsset',
		typeVersion: 1,
		parameters: { resource: 'asset', operation: 'get', assetId, options },
		credentials: CREDENTIAL,
		onError: 'continueErrorOutput',
	});
};

/** Our Get as it is without options. */
export const combined: Subject = { name: 'Sync Asset: Get', node: syncAsset({}) };

/** Our Get with one request for each item. */
export const single: Subject = {
	name: 'Sync Asset: Get, Combine Lookups off',
	node: syncAsset({ combineLookups: false }),
};

/** What a user would take instead. */
export const httpRequest: Subject = {
	name: 'HTTP Request',
	node: (url) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			url: `=${url}/v2/assets/{{ $json.assetId }}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'syncApi',
			options: {},
		},
		credentials: CREDENTIAL,
		onError: 'continueErrorOutput',
	}),
};

/** What n8n needs to evaluate one expression for each item. */
export const editFields: Subject = {
	name: 'Edit Fields, one expression',
	node: () => ({
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: {
				assignments: [{ id: 'copy', name: 'copy', value: '={{ $json.assetId }}', type: 'string' }],
			},
			includeOtherFields: true,
			options: {},
		},
	}),
};

/** What n8n needs to hand items on. */
export const noOp: Subject = {
	name: 'NoOp',
	node: () => ({ type: 'n8n-nodes-base.noOp', typeVersion: 1 }),
};
