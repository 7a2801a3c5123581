import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField, outputFields } from '../../shared/fields/commonFields';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import type { Asset } from '../../shared/items/assetItem';
import { toAssetItem } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readPages } from '../../shared/transport/pages';
import { readItemOptions } from './fields';
import { filtersField, readFilters } from './filters';

async function getAllAssets(item: ItemContext): Promise<INodeExecutionData[]> {
	const itemOptions = readItemOptions(item);
	const { sortBy } = item.readCollection('options');
	const qs = { ...readFilters(item), ...(sortBy !== undefined && { sortBy }) };
	return await readPages(item, qs, readLimit(item), (asset: Asset) => ({
		json: toAssetItem(asset, itemOptions),
	}));
}

/** Asset → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many assets',
	description: 'Get assets, optionally filtered by name, type and project',
	request: { method: 'GET', url: '/v2/assets' },
	fields: [
		...returnAllFields,
		...outputFields,
		filtersField,
		optionsField([
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Date Newest First', value: 'dateDesc' },
					{ name: 'Date Oldest First', value: 'dateAsc' },
					{ name: 'Duration Longest First', value: 'durationDesc' },
					{ name: 'Duration Shortest First', value: 'durationAsc' },
					{ name: 'Kind Ascending', value: 'kindAsc' },
					{ name: 'Kind Descending', value: 'kindDesc' },
					{ name: 'Name Ascending', value: 'nameAsc' },
					{ name: 'Name Descending', value: 'nameDesc' },
					{ name: 'Size Largest First', value: 'sizeDesc' },
					{ name: 'Size Smallest First', value: 'sizeAsc' },
				],
				default: 'dateDesc',
				description: 'How to sort the assets. With a limit, only the first ones are returned.',
			},
		]),
	],
	handle: getAllAssets,
});
