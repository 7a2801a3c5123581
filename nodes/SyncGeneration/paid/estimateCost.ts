import type { IDataObject } from 'n8n-workflow';
import { toItem } from '../../shared/items/toItem';
import { unexpectedBodyError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { requestWithFallback } from '../../shared/transport/itemContext';

/** The current endpoint, and its predecessor. */
export const ESTIMATE_ROUTES = ['/v2/generations/estimate', '/v2/generate/estimate-cost'] as const;

/** Every documented field of an estimate, in output order. */
const ESTIMATE_FIELDS = ['estimatedFrameCount', 'estimatedGenerationCost', 'estimatedCredits'];

/**
 * Estimates the cost of a generation. Creates nothing, and fetches no media.
 *
 * @param parameters `model`, `duration` in seconds, `fps`
 * @throws FailureError if it can't be estimated
 */
export async function estimateCost(
	item: ItemContext,
	parameters: IDataObject,
): Promise<IDataObject> {
	const request = { method: 'POST', body: parameters } as const;
	const body = await requestWithFallback(item, ESTIMATE_ROUTES, request, { idempotent: true });
	const { estimatedGenerationCost } = (body ?? {}) as { estimatedGenerationCost?: unknown };
	if (typeof estimatedGenerationCost !== 'number') {
		throw unexpectedBodyError('an estimate', body);
	}
	return toItem(body as object, ESTIMATE_FIELDS);
}
