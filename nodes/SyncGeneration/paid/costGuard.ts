import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readOptionalNumber } from '../../shared/fields/readers';
import type { Failure } from '../../shared/transport/errors';
import { FailureError, inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { failureFromError } from '../../shared/transport/networkErrors';
import type { GenerationRequest } from '../request/generationRequest';
import { estimateCost } from './estimate';

const maxCostField: INodeProperties = {
	displayName: 'Maximum Cost per Job',
	name: 'maxCost',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 5,
	description:
		'Refuse generations estimated to cost more than this many US dollars, or all of them if it is 0',
};

const guardDurationField: INodeProperties = {
	displayName: 'Duration for Maximum Cost',
	name: 'guardDuration',
	type: 'number',
	typeOptions: { minValue: 0.001, numberPrecision: 3 },
	default: 30,
	description:
		'Video length to use for the cost check, in seconds. Without it, the length of the assets, if known.',
};

/** The highest price of a generation, and the length it is estimated for: two of the options. */
export const costGuardFields: INodeProperties[] = [guardDurationField, maxCostField];

/** The limit that the options set for the price. */
export interface CostGuard {
	/** In US dollars. */
	maxCost: number;
	/** In seconds, if it is set. */
	duration?: number;
}

/** Reads {@link costGuardFields}; undefined if no limit was added. @throws FailureError */
export function readCostGuard(item: ItemContext): CostGuard | undefined {
	const added = item.addedFields('options');
	const maxCost = readOptionalNumber(added, maxCostField);
	const duration = readOptionalNumber(added, guardDurationField);
	return maxCost === undefined ? undefined : { maxCost, duration };
}

/**
 * Makes sure that a generation costs no more than is allowed.
 *
 * @param duration in seconds, if known
 * @throws FailureError if it would cost more, or if that can't be estimated
 */
export async function checkCost(
	item: ItemContext,
	guard: CostGuard,
	request: GenerationRequest,
	duration: number | undefined,
): Promise<void> {
	const cost = await requestCost(item, request, guard.duration ?? duration);
	if (cost <= guard.maxCost && guard.maxCost > 0) return;
	throw inputError(
		`The generation would cost about ${dollars(cost)}, which is over 'Maximum Cost per Job' (${dollars(guard.maxCost)}). It was not created.`,
		"Raise 'Maximum Cost per Job' under 'Options', make the video shorter, or choose another model",
	);
}

/** What a generation would cost in US dollars: by its length, or, if that is of no use, by the whole request. */
async function requestCost(
	item: ItemContext,
	{ body, files }: GenerationRequest,
	duration?: number,
): Promise<number> {
	let failure: Failure | undefined;
	if (duration !== undefined) {
		try {
			const { estimatedGenerationCost } = await estimateCost(item, { model: body.model, duration });
			return estimatedGenerationCost as number;
		} catch (error) {
			failure = failureFromError(error);
		}
	}
	// The API estimates no files.
	if (files.length > 0) throw unknownCost(failure);
	// An older address, which may be gone.
	const request = { method: 'POST', url: '/v2/analyze/cost', body: body as never } as const;
	const response = await item.send(request, { idempotent: true });
	const costs = response.ok ? parseCosts(response.body) : undefined;
	if (costs === undefined)
		throw unknownCost(failure ?? (response.ok ? undefined : response.failure));
	return costs.reduce((sum, cost) => sum + cost, 0);
}

/** The prices in a list of estimates; undefined if it is not one. */
function parseCosts(body: unknown): number[] | undefined {
	const estimates = [body ?? []].flat() as IDataObject[];
	const costs = estimates.map((one) => one?.estimatedGenerationCost);
	const isList = costs.length > 0 && costs.every((cost) => Number.isFinite(cost));
	return isList ? (costs as number[]) : undefined;
}

function unknownCost(reason: Failure | undefined): FailureError {
	const why = reason ? `: ${reason.message}` : '';
	return new FailureError({
		message: `The cost of the generation can't be estimated${why}. It was not created, because 'Maximum Cost per Job' is set.`,
		statusCode: reason?.statusCode ?? 0,
		errorCode: reason?.errorCode ?? null,
		hint: "Add 'Duration for Maximum Cost' under 'Options', or remove 'Maximum Cost per Job'",
		requestId: reason?.requestId ?? null,
	});
}

/** Prices are small: fractions of a cent are shown. */
const dollars = (amount: number): string =>
	`USD ${Number.isInteger(amount * 100) ? amount.toFixed(2) : Number(amount.toFixed(4))}`;
