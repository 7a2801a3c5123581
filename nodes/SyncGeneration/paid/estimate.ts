import type { IDataObject } from 'n8n-workflow';
import { toItem } from '../../shared/items/item';
import { unexpectedBodyError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { requestWithFallback } from '../../shared/transport/itemContext';

/** The newest address, and the older one of the same thing. */
export const ESTIMATE_ADDRESSES = [
	'/v2/generations/estimate',
	'/v2/generate/estimate-cost',
] as const;

/** Every documented field of an estimate, in the order of the output. */
const ESTIMATE_FIELDS = ['estimatedFrameCount', 'estimatedGenerationCost', 'estimatedCredits'];

/**
 * Estimates what a generation would cost. Nothing is created, and no media is fetched.
 *
 * @param of `model`, `duration` in seconds, `fps`
 * @throws FailureError if it can't be estimated
 */
export async function estimateCost(item: ItemContext, of: IDataObject): Promise<IDataObject> {
	const request = { method: 'POST', body: of } as const;
	const body = await requestWithFallback(item, ESTIMATE_ADDRESSES, request, { idempotent: true });
	const { estimatedGenerationCost } = (body ?? {}) as { estimatedGenerationCost?: unknown };
	if (typeof estimatedGenerationCost !== 'number') {
		throw unexpectedBodyError('an estimate', body);
	}
	return toItem(body as object, ESTIMATE_FIELDS);
}
