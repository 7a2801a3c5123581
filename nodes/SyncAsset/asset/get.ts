import type { INodeExecutionData } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { optionsField, outputFields } from '../../shared/fields/commonFields';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { ifMissingField, readItemOptions, RESERVED_ASSET_IDS } from './fields';
import { lookUp } from './lookup';

/** Looks up one asset by its ID. The items of a run share requests. */
async function getAsset(item: ItemContext): Promise<INodeExecutionData> {
	const id = item.readId('assetId', 'asset', RESERVED_ASSET_IDS);
	const result = await lookUp(item, id, readItemOptions(item));
	if ('failure' in result) throw new FailureError(result.failure);
	return result;
}

/** Asset → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get asset',
	description: 'Get an asset by ID: type, duration, size, dimensions, format, URL',
	request: { method: 'GET', url: '/v2/assets' },
	fields: [
		assetLocator,
		...outputFields,
		ifMissingField,
		optionsField([
			{
				displayName: 'Combine Lookups',
				name: 'combineLookups',
				type: 'boolean',
				noDataExpression: true,
				default: true,
				description: 'Whether to look up several items in one request (up to 100 IDs)',
			},
		]),
	],
	handle: getAsset,
});
