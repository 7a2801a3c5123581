import type { INode, INodeParameters } from 'n8n-workflow';

import { buildCredentials, buildSyncNode, byId } from '../n8n/syncNodes.mts';
import { buildNode } from '../n8n/workflow.mts';

/** Creates a Sync Asset node. @param operation of the resource Asset */
export const buildSyncAsset = (
	operation: string,
	parameters: INodeParameters,
	properties: Partial<INode> = {},
): INode =>
	buildSyncNode('Sync Asset', { resource: 'asset', operation, ...parameters }, properties);

/** Creates an HTTP Request node, by default with the credential of Sync Asset. */
export const buildHttpRequest = (
	name: string,
	parameters: INodeParameters,
	properties: Partial<INode> = {},
): INode =>
	buildNode(name, 'n8n-nodes-base.httpRequest', 4.5, {
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'syncApi',
			options: {},
			...parameters,
		},
		credentials: buildCredentials(),
		...properties,
	});

/** The parameter value for the asset whose ID is in the item's field `assetId`. */
export const ASSET_ID_FROM_ITEM = byId('={{ $json.assetId }}');
