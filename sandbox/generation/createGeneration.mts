import { ApiError } from '../core/errors.mts';
import { describeFile } from '../core/multipart.mts';
import type { ApiRequest } from '../core/handlerTypes.mts';
import { idempotencyKey, outcomeUnknown } from '../core/idempotency.mts';
import { checkGeneration } from './checks.mts';
import type { Creation, GenerationContext } from './state.mts';
import { storeFiles } from './form.mts';
import { matchesGeneration } from './outcomes.mts';
import type { StoredGeneration } from './store.mts';
import type { Generation, GenerationRequest } from './types.mts';
import { generationView } from './serializers.mts';

type Request = ApiRequest<'createGeneration'>;

const concurrencyLimitReached = (active: number, limit: number, retryAfterSeconds: number) =>
	new ApiError(429, {
		message: 'Concurrency limit reached. Wait for a generation to finish.',
		errorCode: 'concurrency_limit_reached',
		activeGenerations: active,
		concurrencyLimit: limit,
		retryAfterSeconds,
		upgradeUrl: 'https://sync.so/pricing',
	});

/** Adds a generation and starts to process it, whatever the limits of the plan. */
export function startGeneration(
	request: GenerationRequest,
	details: Pick<StoredGeneration, 'userId' | 'origin' | 'inBatch'>,
	{ settings, outcomes, generations, clock }: GenerationContext,
): StoredGeneration {
	const { pendingMs, processingMs } = settings;
	const outcome = outcomes.take((one) => matchesGeneration(one, request));
	const plan = { pendingMs, processingMs, ...outcome };
	return generations.add(request, { ...details, createdAt: clock.now(), plan });
}

/**
 * Creates the generation of a request, or gets the one of an earlier request with the same Idempotency-Key.
 *
 * @throws ApiError if the request is invalid, the plan is full, or a test wants the outcome to be unknown
 */
export async function createGeneration(
	request: Request,
	context: GenerationContext,
): Promise<Generation> {
	const { body, files, headers } = request;
	const key = idempotencyKey(headers);
	const content = [body, files.map(describeFile)];
	const { result, isFirst } = await context.generationRequests.once(
		key,
		content,
		async () => await create(request, context),
	);
	const { generation, unknownOutcome } = result;
	if (key !== undefined && isFirst && unknownOutcome !== undefined) {
		throw outcomeUnknown(unknownOutcome === 'withId' ? generation.id : undefined);
	}
	return generation;
}

async function create(
	{ body, files, caller, origin }: Request,
	context: GenerationContext,
): Promise<Creation> {
	checkGeneration(body, files, caller, context);
	const input = [...(await storeFiles(files, caller, origin, context)), ...body.input];
	const { concurrency, concurrencyRetryAfter } = context.settings;
	const active = context.generations.activeOutsideBatches;
	if (concurrency !== null && active >= concurrency) {
		throw concurrencyLimitReached(active, concurrency, concurrencyRetryAfter);
	}
	const details = { userId: caller.userId, origin, inBatch: false };
	const stored = startGeneration({ ...body, input }, details, context);
	const generation = generationView(stored, origin, context);
	return { generation, unknownOutcome: stored.plan.unknownOutcome };
}
