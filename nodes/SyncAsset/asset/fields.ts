import type { INodeProperties } from 'n8n-workflow';
import { readSimplify } from '../../shared/fields/options';
import type { AssetItemOptions } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseChoice } from '../../shared/transport/values';

/** Routes beside `/v2/assets/{id}`, which an ID of that name would reach. */
export const ASSET_ROUTES = ['batch', 'count', 'upload', 'uploaded'];

const MISSING_ACTIONS = ['error', 'returnItem'] as const;

/** What to do with IDs that sync.so does not know. */
export const ifMissingField: INodeProperties = {
	displayName: 'If Asset Is Missing',
	name: 'ifMissing',
	type: 'options',
	options: [
		{
			name: 'Error',
			value: 'error',
			description: 'Fail the item: it takes the error output, or stops the workflow',
		},
		{
			name: 'Return Item',
			value: 'returnItem',
			description: "Return an item with 'found' set to false",
		},
	],
	default: 'error',
	description: 'What to do with an ID that sync.so does not know',
};

/** How the item wants its assets, by Simplify and {@link ifMissingField}. @throws FailureError */
export const readItemOptions = (item: ItemContext): AssetItemOptions => ({
	simplify: readSimplify(item),
	withFound:
		parseChoice(
			item.parameter('ifMissing', 'error'),
			ifMissingField.displayName,
			MISSING_ACTIONS,
		) === 'returnItem',
});

/** The types of assets, as an option of a list each. */
export const ASSET_TYPES = [
	{ name: 'Audio', value: 'AUDIO' },
	{ name: 'Image', value: 'IMAGE' },
	{ name: 'Video', value: 'VIDEO' },
];
