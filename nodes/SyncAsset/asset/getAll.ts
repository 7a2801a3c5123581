import type { INodeExecutionData } from 'n8n-workflow';
import type { Asset } from '../../shared/items/assetItem';
import { foundItem } from '../../shared/items/assetItem';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField, simplifyField } from '../../shared/fields/options';
import { readPages } from '../../shared/transport/pages';
import { limitOf, returnAllFields } from '../../shared/fields/returnAll';
import { outputOf } from './fields';
import { filtersField, filtersOf } from './filters';

/** Lists assets page by page. */
async function getAllAssets(call: Call): Promise<INodeExecutionData[]> {
	const output = outputOf(call);
	const { sortBy } = call.collection('options');
	const qs = { ...filtersOf(call), ...(sortBy !== undefined && { sortBy }) };
	return await readPages(call, qs, limitOf(call), (asset: Asset) => ({
		json: foundItem(asset, output),
	}));
}

/** Asset → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many assets',
	description: 'List the assets of the account, searched by name and filtered by type and project',
	request: { method: 'GET', url: '/v2/assets' },
	fields: [
		...returnAllFields,
		simplifyField,
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
				description: 'The order of the assets, which decides which ones a limit leaves',
			},
		]),
	],
	handle: getAllAssets,
});
