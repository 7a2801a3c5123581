import type { IDataObject } from 'n8n-workflow';
import { toCostItem } from '../../shared/items/costItem';
import type { Failure } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';

/** Requests the costs of a generation. @returns the costs, or why they can't be requested */
export async function requestCosts(
	item: ItemContext,
	id: string,
): Promise<{ costs: IDataObject } | { failure: Failure }> {
	const url = `/v2/generate/${encodeURIComponent(id)}/costs`;
	const expects = { name: 'the costs of a generation', matches: hasAvailability };
	const response = await item.send({ method: 'GET', url, qs: {}, body: undefined }, { expects });
	return response.ok
		? { costs: toCostItem(response.body as IDataObject) }
		: { failure: response.failure };
}

const hasAvailability = (body: unknown): boolean =>
	typeof (body as { availability?: unknown } | null)?.availability === 'string';
