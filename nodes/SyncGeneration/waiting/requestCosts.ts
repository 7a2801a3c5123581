import type { IDataObject } from 'n8n-workflow';
import { toItem } from '../../shared/items/toItem';
import type { Failure } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';

/** Every documented field of the costs, in output order. */
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

/** Requests the costs of a generation. @returns the costs, or why they can't be requested */
export async function requestCosts(
	item: ItemContext,
	id: string,
): Promise<{ costs: IDataObject } | { failure: Failure }> {
	const url = `/v2/generate/${encodeURIComponent(id)}/costs`;
	const expects = { name: 'the costs of a generation', matches: hasAvailability };
	const response = await item.send({ method: 'GET', url, qs: {}, body: undefined }, { expects });
	return response.ok
		? { costs: toCostsItem(response.body as IDataObject) }
		: { failure: response.failure };
}

/** Converts the amounts to numbers, and keeps the API's exact text beside each. */
function toCostsItem(body: IDataObject): IDataObject {
	const costs = toItem(body, COST_FIELDS);
	for (const field of ['totalCostUsd', 'knownSubtotalUsd']) {
		const text = costs[field];
		costs[field] = text === null ? null : Number(text);
		costs[`${field}Text`] = text === null ? null : String(text);
	}
	return costs;
}

const hasAvailability = (body: unknown): boolean =>
	typeof (body as { availability?: unknown } | null)?.availability === 'string';
