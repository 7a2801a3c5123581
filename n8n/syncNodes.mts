import type { INode, INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

import type { N8nClient } from './client.mts';
import { buildNode } from './workflow.mts';

/** The type of the node Sync Asset. */
export const SYNC_ASSET = 'n8n-nodes-sync-so.syncAsset';
/** The type of the node Sync Generation. */
export const SYNC_GENERATION = 'n8n-nodes-sync-so.syncGeneration';
/** The type of the node Sync Trigger. */
export const SYNC_TRIGGER = 'n8n-nodes-sync-so.syncTrigger';

/** The name of the usual credential. */
const CREDENTIAL_NAME = 'Sync API';

/** Creates a credential for a Sync API in n8n. */
export async function createSyncCredential(
	client: N8nClient,
	{ url: baseUrl, apiKey }: { url: string; apiKey: string },
	name = CREDENTIAL_NAME,
): Promise<void> {
	await client.createCredential({ name, type: 'syncApi', data: { apiKey, baseUrl } });
}

/** Builds the reference to a credential. n8n finds it by its name. */
export const buildCredentials = (name = CREDENTIAL_NAME): INode['credentials'] => ({
	syncApi: { id: null, name },
});

/** Builds a resource locator with an ID that was typed in or comes from an expression. */
export const byId = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'id',
	value,
});

/** Builds the Sync node that has the resource; Sync Asset if none is set. @param more other settings of the node */
export const buildSyncNode = (
	name: string,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode => {
	const { resource = 'asset' } = parameters;
	const type = ['asset', 'project'].includes(resource as string) ? SYNC_ASSET : SYNC_GENERATION;
	return buildNode(name, type, 1, { parameters, credentials: buildCredentials(), ...more });
};
