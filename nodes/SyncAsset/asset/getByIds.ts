import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField, outputFields } from '../../shared/fields/commonFields';
import { createIdListField, readIdList } from '../../shared/fields/idList';
import type { AssetItemOptions } from '../../shared/items/assetItem';
import type { Failure } from '../../shared/transport/errors';
import { errorItem, FailureError } from '../../shared/transport/errors';
import { checkId } from '../../shared/transport/ids';
import type { ItemContext } from '../../shared/transport/itemContext';
import { formatId } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { ifMissingField, readItemOptions, RESERVED_ASSET_IDS } from './fields';
import { lookUp } from './lookup';

/** Looks up a list of assets. Returns one item per ID, in the order of the list. Repeated IDs are kept. */
async function getAssetsByIds(item: ItemContext): Promise<INodeExecutionData[]> {
	const ids = readIdList(item, 'assetIds', 'asset');
	const itemOptions = readItemOptions(item);
	return await Promise.all(ids.map(async (id) => await getAsset(item, id, itemOptions)));
}

/** Looks up one ID of the list. Fails only its own output item if the node continues on error. */
async function getAsset(
	item: ItemContext,
	assetId: unknown,
	itemOptions: AssetItemOptions,
): Promise<INodeExecutionData> {
	const fail = (failure: Failure, id: string): INodeExecutionData => {
		const { context } = item;
		if (context.continueOnFail()) return errorItem(failure, { assetId: id }, context.getNode());
		throw new FailureError(failure, { assetId: id });
	};
	const checked = checkId(assetId, 'asset', RESERVED_ASSET_IDS, 'Asset IDs');
	if (!checked.ok) return fail(checked.failure, formatId(assetId));
	const result = await lookUp(item, checked.id, itemOptions);
	return 'failure' in result ? fail(result.failure, checked.id) : result;
}

/** Asset → Get by IDs. */
export const getByIdsOperation = defineOperation({
	name: 'Get by IDs',
	value: 'getByIds',
	action: 'Get assets by ID',
	description: 'Get several assets by a list of IDs',
	request: { method: 'GET', url: '/v2/assets' },
	fields: [
		createIdListField('Asset IDs', 'assetIds'),
		...outputFields,
		ifMissingField,
		optionsField(),
	],
	handle: getAssetsByIds,
});
