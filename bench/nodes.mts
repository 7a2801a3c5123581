import type { INode, INodeParameters } from 'n8n-workflow';

import { node } from '../n8n/workflow.mts';
import { CREDENTIAL } from './lab.mts';

/** A node Sync Asset. @param operation one on assets */
export const syncAsset = (
	operation: string,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode =>
	node('Sync Asset', 'n8n-nodes-sync-so.syncAsset', 1, {
		parameters: { resource: 'asset', operation, ...parameters },
		credentials: CREDENTIAL,
		...more,
	});

/** A node HTTP Request with the credential of Sync Asset, unless the parameters say otherwise. */
export const httpRequest = (
	name: string,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode =>
	node(name, 'n8n-nodes-base.httpRequest', 4.5, {
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'syncApi',
			options: {},
			...parameters,
		},
		credentials: CREDENTIAL,
		...more,
	});

/** The parameter that says which asset: the one whose ID the item has in `assetId`. */
export const ASSET_OF_ITEM = { __rl: true, mode: 'id', value: '={{ $json.assetId }}' };
