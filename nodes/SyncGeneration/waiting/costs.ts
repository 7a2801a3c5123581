import type { IDataObject } from 'n8n-workflow';
import { itemOf } from '../../shared/items/item';
import type { Failure } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/itemContext';

/** Every documented field of the costs, in the order of the output. Amounts are text, as the API sends them. */
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

/** Requests what a generation has cost. @returns the costs, or why the API does not say */
export async function requestCosts(
	call: Call,
	id: string,
): Promise<{ costs: IDataObject } | { failure: Failure }> {
	const url = `/v2/generate/${encodeURIComponent(id)}/costs`;
	const expects = { name: 'the costs of a generation', matches: hasAvailability };
	const answer = await call.send({ method: 'GET', url, qs: {}, body: undefined }, { expects });
	return answer.ok
		? { costs: itemOf(answer.body as object, COST_FIELDS) }
		: { failure: answer.failure };
}

const hasAvailability = (body: unknown): boolean =>
	typeof (body as { availability?: unknown } | null)?.availability === 'string';
