import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { FailureError, failureOfError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import { estimateOf } from '../generation/estimateCost';
import type { GenerationRequest } from '../request/request';
import { numberOf, refusal } from '../../shared/fields/values';

/** The highest price of a generation, and what it is reckoned with: two of the options. */
export const costGuardFields: INodeProperties[] = [
	{
		displayName: 'Duration for Maximum Cost',
		name: 'guardDuration',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		description:
			'How many seconds of video Maximum Cost per Job reckons with; 0 for the length of the assets, where it is known',
	},
	{
		displayName: 'Maximum Cost per Job',
		name: 'maxCost',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 0,
		description:
			'How many US dollars a generation may cost. The price is asked for before, and nothing is made that would cost more; 0 means any price.',
	},
];

/** What the options say about the price. */
export interface CostGuard {
	/** In US dollars. */
	most: number;
	/** In seconds, where it is set. */
	duration?: number;
}

/** The guard that {@link costGuardFields} set; undefined when there is none. @throws FailureError */
export function costGuardOf(call: Call): CostGuard | undefined {
	const { maxCost = 0, guardDuration = 0 } = call.collection('options');
	const most = numberOf(maxCost, 'Maximum Cost per Job');
	const duration = numberOf(guardDuration, 'Duration for Maximum Cost');
	return most > 0 ? { most, ...(duration > 0 && { duration }) } : undefined;
}

/**
 * Sees to it that a generation costs no more than is allowed.
 *
 * @throws FailureError when it would cost more, or when that can't be told
 */
export async function checkCost(
	call: Call,
	guard: CostGuard,
	request: GenerationRequest,
): Promise<void> {
	const cost = await costOf(call, request, guard.duration ?? request.duration);
	if (cost <= guard.most) return;
	throw refusal(
		`The generation would cost about ${dollars(cost)}, more than the ${dollars(guard.most)} of Maximum Cost per Job. It was not made.`,
		'Raise Maximum Cost per Job under Options, make the video shorter, or choose another model',
	);
}

/** What a generation would cost in US dollars: by its length, or, where that is of no use, by all that is asked for. */
async function costOf(
	call: Call,
	{ body, files }: GenerationRequest,
	duration?: number,
): Promise<number> {
	let failure: Failure | undefined;
	if (duration !== undefined) {
		try {
			const { estimatedGenerationCost } = await estimateOf(call, { model: body.model, duration });
			return estimatedGenerationCost as number;
		} catch (error) {
			failure = failureOfError(error);
		}
	}
	// What is inside of a request can't be asked about before.
	if (files.length > 0) throw unknownCost(failure);
	// An older address, which may be gone.
	const request = { method: 'POST', url: '/v2/analyze/cost', body: body as never } as const;
	const answer = await call.send(request, true);
	const costs = answer.ok ? costsIn(answer.body) : undefined;
	if (costs === undefined) throw unknownCost(failure ?? (answer.ok ? undefined : answer.failure));
	return costs.reduce((sum, cost) => sum + cost, 0);
}

/** The prices in a list of estimates; undefined when it is none. */
function costsIn(body: unknown): number[] | undefined {
	const estimates = [body ?? []].flat() as IDataObject[];
	const costs = estimates.map((one) => one?.estimatedGenerationCost);
	const isList = costs.length > 0 && costs.every((cost) => Number.isFinite(cost));
	return isList ? (costs as number[]) : undefined;
}

function unknownCost(reason: Failure | undefined): FailureError {
	const why = reason ? `: ${reason.message}` : '';
	return new FailureError({
		message: `What the generation would cost can not be told${why}. It was not made, because Maximum Cost per Job is set.`,
		statusCode: reason?.statusCode ?? 0,
		errorCode: reason?.errorCode ?? null,
		hint: 'Set Duration for Maximum Cost under Options, or Maximum Cost per Job to 0',
		requestId: reason?.requestId ?? null,
	});
}

/** Prices are small: fractions of a cent are shown. */
const dollars = (amount: number): string =>
	`USD ${Number.isInteger(amount * 100) ? amount.toFixed(2) : Number(amount.toFixed(4))}`;
