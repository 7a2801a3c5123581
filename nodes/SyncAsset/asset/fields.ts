import type { INodeProperties } from 'n8n-workflow';
import type { AssetItemOptions } from '../../shared/items/assetItem';
import type { Call } from '../../shared/transport/operation';

/** Routes beside `/v2/assets/{id}`, which an ID of that name would reach. */
export const ASSET_ROUTES = ['batch', 'count', 'upload', 'uploaded'];

/** What becomes of IDs that are not there. */
export const ifMissingField: INodeProperties = {
	displayName: 'If Asset Is Missing',
	name: 'ifMissing',
	type: 'options',
	options: [
		{
			name: 'Error',
			value: 'error',
			description: 'The item fails: it takes the error output, or stops the workflow',
		},
		{
			name: 'Return Item',
			value: 'returnItem',
			description:
				'The item goes on with “found” false; items of assets that exist say “found” true',
		},
	],
	default: 'error',
	description: 'What to do with an ID that sync.so does not know',
};

/** How the item of a call wants its assets, by Simplify and {@link ifMissingField}. */
export const outputOf = (call: Call): AssetItemOptions => ({
	simplify: call.parameter('simplify', false) === true,
	withFound: call.parameter('ifMissing', 'error') === 'returnItem',
});

/** The types of assets, as an option of a list each. */
export const ASSET_TYPES = [
	{ name: 'Audio', value: 'AUDIO' },
	{ name: 'Image', value: 'IMAGE' },
	{ name: 'Video', value: 'VIDEO' },
];
