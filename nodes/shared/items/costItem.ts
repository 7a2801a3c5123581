import type { IDataObject } from 'n8n-workflow';
import { toItem } from './toItem';

/** Every documented field of the cost of a generation, in output order. */
const COST_FIELDS = [
	'generationId',
	'generationStatus',
	'currency',
	'availability',
	'totalCostUsd',
	'knownSubtotalUsd',
	'retryAfterSeconds',
	'components',
];

/**
 * The output for the cost of a generation: every documented field, `null` if the API left it out. The amounts are
 * numbers, with the API's exact text beside each. Unknown fields are kept.
 *
 * @param fields the documented ones, in output order
 */
export function toCostItem(body: object, fields: readonly string[] = COST_FIELDS): IDataObject {
	const costs = toItem(body, fields);
	for (const field of ['totalCostUsd', 'knownSubtotalUsd']) {
		const amount = costs[field];
		const isAmount = typeof amount === 'string' || typeof amount === 'number';
		costs[field] = isAmount ? Number(amount) : null;
		costs[`${field}Text`] = isAmount ? String(amount) : null;
	}
	return costs;
}
