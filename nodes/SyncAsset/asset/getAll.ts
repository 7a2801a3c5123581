import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField, outputFields } from '../../shared/fields/commonFields';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import {
	createSortField,
	directionField,
	readDirection,
	readSortBy,
} from '../../shared/fields/sort';
import type { Asset } from '../../shared/items/assetItem';
import { toAssetItem } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readPages } from '../../shared/transport/pages';
import { readItemOptions } from './fields';
import { filtersField, readFilters } from './filters';

async function getAllAssets(item: ItemContext): Promise<INodeExecutionData[]> {
	const itemOptions = readItemOptions(item);
	const qs = { ...readFilters(item), ...readSort(item) };
	return await readPages(item, qs, readLimit(item), (asset: Asset) => ({
		json: toAssetItem(asset, itemOptions),
	}));
}

/** What assets can be sorted by. */
const SORT_CHOICES = [
	{ name: 'Date', value: 'date' },
	{ name: 'Duration', value: 'duration' },
	{ name: 'Kind', value: 'kind' },
	{ name: 'Name', value: 'name' },
	{ name: 'Size', value: 'size' },
];

/** Reads the sort rule as a query, e.g. `sizeDesc`. @throws FailureError if it is invalid */
function readSort(item: ItemContext): { sortBy?: string } {
	const sortBy = readSortBy(item, SORT_CHOICES);
	const direction = readDirection(item);
	return sortBy === undefined ? {} : { sortBy: `${sortBy}${direction === 'asc' ? 'Asc' : 'Desc'}` };
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
		optionsField(),
		createSortField('assets', SORT_CHOICES, 'date', [directionField]),
	],
	handle: getAllAssets,
});
