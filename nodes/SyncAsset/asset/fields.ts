import type { INodeProperties } from 'n8n-workflow';
import { readSimplify } from '../../shared/fields/commonFields';
import type { AssetItemOptions } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseChoice } from '../../shared/transport/values';

/** Sibling routes of `/v2/assets/{id}`. An ID with one of these names would reach that route instead. */
export const RESERVED_ASSET_IDS = ['batch', 'count', 'upload', 'uploaded'];

const MISSING_ACTIONS = ['error', 'returnItem'] as const;

/** What to do with an ID that sync.so doesn't know. */
export const ifMissingField: INodeProperties = {
	displayName: 'If Asset Is Missing',
	name: 'ifMissing',
	type: 'options',
	options: [
		{
			name: 'Error',
			value: 'error',
			description: 'Fail the item: it goes to the error output, or stops the workflow',
		},
		{
			name: 'Return Item',
			value: 'returnItem',
			description: "Return an item with 'found' set to false",
		},
	],
	default: 'error',
	description: 'What to do if there is no asset with this ID',
};

/** Reads Simplify and {@link ifMissingField}. @throws FailureError if one is invalid */
export const readItemOptions = (item: ItemContext): AssetItemOptions => ({
	simplify: readSimplify(item),
	withFound:
		parseChoice(
			item.parameter('ifMissing', 'error'),
			ifMissingField.displayName,
			MISSING_ACTIONS,
		) === 'returnItem',
});

/** The asset types, as options of a list. */
export const ASSET_TYPES = [
	{ name: 'Audio', value: 'AUDIO' },
	{ name: 'Image', value: 'IMAGE' },
	{ name: 'Video', value: 'VIDEO' },
];
