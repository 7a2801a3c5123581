import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readOptionalNumber } from '../../shared/fields/readers';
import type { Failure } from '../../shared/transport/errors';
import { FailureError, inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { failureFromError } from '../../shared/transport/networkErrors';
import { PerRun } from '../../shared/transport/run';
import type { GenerationRequest } from '../request/generationRequest';
import { estimateCost } from './estimateCost';

const maxCostField: INodeProperties = {
	displayName: 'Max Cost (USD)',
	name: 'maxCost',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 5,
	description: 'Refuse generations estimated to cost more, or all of them if 0',
};

const guardDurationField: INodeProperties = {
	displayName: 'Duration for Max Cost (Seconds)',
	name: 'guardDuration',
	type: 'number',
	typeOptions: { minValue: 0.001, numberPrecision: 3 },
	default: 30,
	description:
		'Video length to use for the cost check. Defaults to the length of the assets, if known.',
};

/** Options: the maximum cost of a generation, and the video length to estimate it for. */
export const costGuardFields: INodeProperties[] = [guardDurationField, maxCostField];

/** Options: the maximum cost of a batch, and the video length to estimate it for. */
export const batchCostGuardFields: INodeProperties[] = [
	{
		...guardDurationField,
		description:
			'Length of each video to use for the cost check. Defaults to the length of the assets, if known.',
	},
	{
		...maxCostField,
		default: 50,
		description: 'Refuse batches estimated to cost more in total, or all of them if 0',
	},
];

/** The cost limit that the options set. */
export interface CostGuard {
	/** Maximum cost, in US dollars. */
	maxCost: number;
	/** Video length to estimate the cost for, in seconds. Default: the actual length. */
	duration?: number;
}

/** Reads {@link costGuardFields}. Returns undefined if no limit is set. @throws FailureError if one is invalid */
export function readCostGuard(item: ItemContext): CostGuard | undefined {
	const options = item.addedFields('options');
	const maxCost = readOptionalNumber(options, maxCostField);
	const duration = readOptionalNumber(options, guardDurationField);
	return maxCost === undefined ? undefined : { maxCost, duration };
}

/**
 * Checks the estimated cost of a generation against the limit.
 *
 * @param duration length of the video in seconds, if known
 * @throws FailureError if it would cost more, or if the cost can't be estimated
 */
export async function checkCost(
	item: ItemContext,
	guard: CostGuard,
	request: GenerationRequest,
	duration: number | undefined,
): Promise<void> {
	const cost = await estimateRequestCost(item, request, guard.duration ?? duration);
	checkLimit(cost, guard, 'generation');
}

/**
 * Checks the estimated cost of all rows of a batch together against the limit.
 *
 * @param costs those of the rows, in US dollars
 * @throws FailureError if they are over the limit
 */
export function checkBatchCost(costs: number[], guard: CostGuard): void {
	const sum = costs.reduce((total, cost) => total + cost, 0);
	// Without the rounding errors of the sum: a batch may cost exactly as much as the limit.
	checkLimit(Number(sum.toFixed(6)), guard, 'batch');
}

function checkLimit(cost: number, { maxCost }: CostGuard, thing: string): void {
	if (cost <= maxCost && maxCost > 0) return;
	throw inputError(
		`The ${thing} would cost about ${formatDollars(cost)}, which is over 'Max Cost (USD)' (${formatDollars(maxCost)}). It was not created.`,
		"Raise 'Max Cost (USD)' under 'Options', make the video shorter, or choose another model",
	);
}

/** The costs that a run has estimated, by model and length: many rows of a batch have the same. */
const estimates = new PerRun(() => new Map<string, Promise<number>>());

/** Estimates the cost of a video of a certain length, in US dollars. @throws FailureError if that fails */
async function estimateByLength(
	item: ItemContext,
	model: string,
	duration: number,
): Promise<number> {
	const known = estimates.get(item.run);
	const key = `${model} ${duration}`;
	let cost = known.get(key);
	if (!cost) {
		cost = estimateCost(item, { model, duration }).then(
			({ estimatedGenerationCost }) => estimatedGenerationCost as number,
		);
		known.set(key, cost);
	}
	return await cost;
}

/**
 * Estimates the cost in US dollars: from the video length, or from the whole request if that isn't possible.
 *
 * @param duration length of the video in seconds, if known
 * @throws FailureError if it can't be estimated
 */
export async function estimateRequestCost(
	item: ItemContext,
	{ body, files }: GenerationRequest,
	duration?: number,
): Promise<number> {
	let failure: Failure | undefined;
	if (duration !== undefined) {
		try {
			return await estimateByLength(item, body.model, duration);
		} catch (error) {
			failure = failureFromError(error);
		}
	}
	// The API can't estimate requests with files.
	if (files.length > 0) throw createUnknownCostError(failure);
	// A legacy endpoint that may no longer exist.
	const request = { method: 'POST', url: '/v2/analyze/cost', body: body as never } as const;
	const response = await item.send(request, { idempotent: true });
	const costs = response.ok ? parseCosts(response.body) : undefined;
	if (costs === undefined)
		throw createUnknownCostError(failure ?? (response.ok ? undefined : response.failure));
	return costs.reduce((sum, cost) => sum + cost, 0);
}

/** The costs in a list of estimates, or in a single one. Returns undefined for any other body. */
function parseCosts(body: unknown): number[] | undefined {
	const estimates = [body ?? []].flat() as IDataObject[];
	const costs = estimates.map((estimate) => estimate?.estimatedGenerationCost);
	const areCosts = costs.length > 0 && costs.every((cost) => Number.isFinite(cost));
	return areCosts ? (costs as number[]) : undefined;
}

function createUnknownCostError(reason: Failure | undefined): FailureError {
	const cause = reason ? `: ${reason.message}` : '';
	return new FailureError({
		message: `The cost of the generation can't be estimated${cause}. It was not created, because 'Max Cost (USD)' is set.`,
		statusCode: reason?.statusCode ?? 0,
		errorCode: reason?.errorCode ?? null,
		hint: "Add 'Duration for Max Cost (Seconds)' under 'Options', or remove 'Max Cost (USD)'",
		requestId: reason?.requestId ?? null,
	});
}

/** Shows up to four decimals, because a cost may be a fraction of a cent. */
const formatDollars = (amount: number): string =>
	`USD ${Number.isInteger(amount * 100) ? amount.toFixed(2) : Number(amount.toFixed(4))}`;
