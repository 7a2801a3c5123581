import type { INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { ASSET_ROUTES } from './fields';
import { assetLocator } from '../../shared/fields/assetLocator';

/** Deletes an asset, for good. */
async function deleteAsset(call: Call): Promise<INodeExecutionData> {
	await call.ask({ url: call.path('assetId', 'asset', ASSET_ROUTES) });
	return { json: { id: call.subject.assetId, deleted: true } };
}

/** Asset → Delete. */
export const deleteOperation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete asset',
	description: 'Delete an asset for good',
	request: { method: 'DELETE', url: '/v2/assets' },
	fields: [assetLocator, optionsField()],
	handle: deleteAsset,
});
