import type {
	IDataObject,
	INode,
	INodeParameterResourceLocator,
	INodeParameters,
} from 'n8n-workflow';

import { buildNode } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';

/** The type of the node Sync Asset. */
export const SYNC_ASSET = 'n8n-nodes-sync-so.syncAsset';
/** The type of the node Sync Generation. */
export const SYNC_GENERATION = 'n8n-nodes-sync-so.syncGeneration';

/** The type of the node Sync Trigger. */
export const SYNC_TRIGGER = 'n8n-nodes-sync-so.syncTrigger';

/** The name of the usual credential. */
const CREDENTIAL_NAME = 'Sync API';

/** The parameters of a Sync node. */
export interface NodeSettings extends INodeParameters {
	options?: IDataObject & INodeParameters;
}

/** Builds a resource locator with an ID that was typed in or comes from an expression. */
export const byId = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'id',
	value,
});

/** Create's fields for a video and a voice that are assets of the sandbox's library. */
export const LIP_SYNC_FIELDS = {
	visualSource: 'asset',
	visualAssetId: byId(ASSETS.teaser),
	audioSource: 'asset',
	audioAssetId: byId(ASSETS.voiceover),
	model: 'lipsync-2',
	wait: 'no',
	// Without it, each asset would be looked up.
	additionalFields: { visualKind: 'video' },
};

/** The settings of Generation → Create for the same video and voice. */
export const LIP_SYNC_SETTINGS: NodeSettings = {
	resource: 'generation',
	operation: 'create',
	...LIP_SYNC_FIELDS,
};

/** Builds the reference to a credential. n8n finds it by its name. */
export const buildCredentials = (name = CREDENTIAL_NAME): INode['credentials'] => ({
	syncApi: { id: null, name },
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
