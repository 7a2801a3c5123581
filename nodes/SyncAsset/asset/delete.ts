import type { INodeExecutionData } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { optionsField } from '../../shared/fields/commonFields';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { RESERVED_ASSET_IDS } from './fields';

async function deleteAsset(item: ItemContext): Promise<INodeExecutionData> {
	await item.request({ url: item.readPath('assetId', 'asset', RESERVED_ASSET_IDS) });
	return { json: { id: item.errorFields.assetId, deleted: true } };
}

/** Asset → Delete. */
export const deleteOperation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete asset',
	description: 'Permanently delete an asset',
	request: { method: 'DELETE', url: '/v2/assets' },
	fields: [assetLocator, optionsField()],
	handle: deleteAsset,
});
