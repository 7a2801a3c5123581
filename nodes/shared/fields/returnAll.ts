import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../transport/itemContext';
import { parseNumber } from '../transport/values';
import { readBoolean } from './readers';

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

/** Whether to return all results, or only up to a limit. */
export const returnAllFields: INodeProperties[] = [returnAllField, limitField];

/**
 * Reads {@link returnAllFields}: the maximum number of results; undefined for all.
 *
 * @throws FailureError if a value is invalid
 */
export function readLimit(item: ItemContext): number | undefined {
	if (readBoolean(item, returnAllField)) return undefined;
	const limit = item.parameter(limitField.name, limitField.default);
	return parseNumber(limit, { label: limitField.displayName, min: 1, integer: true });
}
