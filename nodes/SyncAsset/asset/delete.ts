import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { ASSET_ROUTES } from './fields';

/** Deletes an asset, for good. */
async function deleteAsset(call: Call): Promise<INodeExecutionData> {
	await call.ask({ url: call.path('assetId', 'asset', ASSET_ROUTES) });
	return { json: { id: call.subject.assetId, deleted: true } };
}

/** The entry in the Operation list. */
export const deleteOption: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete asset',
	description: 'Delete an asset for good',
	routing: routing('DELETE', '/v2/assets', deleteAsset),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Delete. */
export const deleteDescription = updateDisplayOptions(
	{ show: { resource: ['asset'], operation: ['delete'] } },
	properties,
);
