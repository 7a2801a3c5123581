import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField, simplifyField } from '../../shared/fields/options';
import { ASSET_ROUTES, ifMissingField, outputOf } from './fields';
import { lookUp } from './lookup';

/** Sends what an item of Get asks for: IDs are checked first, and the items of a run share requests. */
async function getAsset(call: Call): Promise<INodeExecutionData> {
	const id = call.id('assetId', 'asset', ASSET_ROUTES);
	const result = await lookUp(call, id, outputOf(call));
	if ('failure' in result) throw new FailureError(result.failure);
	return result;
}

/** The entry in the Operation list. */
export const getOption: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get asset',
	description: 'Look up one asset by its ID: type, duration, size, format, dimensions, URL',
	routing: routing('GET', '/v2/assets', getAsset),
};

const properties: INodeProperties[] = [
	simplifyField,
	ifMissingField,
	optionsField([
		{
			displayName: 'Combine Lookups',
			name: 'combineLookups',
			type: 'boolean',
			noDataExpression: true,
			default: true,
			description:
				'Whether items share requests of up to 100 IDs each. The output is the same, but faster and with far fewer requests.',
		},
	]),
];

/** The fields of Get. */
export const getDescription = updateDisplayOptions(
	{ show: { resource: ['asset'], operation: ['get'] } },
	properties,
);
