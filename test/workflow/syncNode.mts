import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';

/** The parameters of a Sync node. */
export interface NodeSettings extends INodeParameters {
	options?: IDataObject & INodeParameters;
}

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

/** The settings of Batch → Create for rows with a video and a voice on the web. */
export const BATCH_SETTINGS: NodeSettings = {
	resource: 'batch',
	operation: 'create',
	model: 'lipsync-2',
	visualUrl: 'https://files.example.com/a.mp4',
	audioUrl: 'https://files.example.com/a.wav',
};
