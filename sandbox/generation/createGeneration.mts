import { ApiError } from '../core/errors.mts';
import type { ApiRequest } from '../core/handlerTypes.mts';
import { getIdempotencyKey, outcomeUnknown } from '../core/idempotency.mts';
import { describeFile } from '../core/multipart.mts';
import { checkGeneration } from './checks.mts';
import { storeFormFiles } from './form.mts';
import { matchesGeneration } from './outcomes.mts';
import { serializeGeneration } from './serializers.mts';
import type { Creation, GenerationState } from './state.mts';
import type { StoredGeneration } from './store.mts';
import type { Generation, GenerationRequest } from './types.mts';

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

/** Adds a generation and starts processing it. Ignores the concurrency limit. */
export function startGeneration(
	request: GenerationRequest,
	details: Pick<StoredGeneration, 'userId' | 'origin' | 'inBatch'>,
	{ settings, outcomes, generations, clock }: GenerationState,
): StoredGeneration {
	const { pendingMs, processingMs } = settings;
	const rule = outcomes.consume((one) => matchesGeneration(one, request));
	const outcome = { pendingMs, processingMs, ...rule };
	return generations.add(request, { ...details, createdAt: clock.now(), outcome });
}

/**
 * Creates a generation, or returns that of an earlier request with the same Idempotency-Key.
 *
 * @throws ApiError if the request is invalid, the concurrency limit is reached, or a test makes the outcome unknown
 */
export async function createGeneration(
	request: Request,
	state: GenerationState,
): Promise<Generation> {
	const { body, files, headers } = request;
	const key = getIdempotencyKey(headers);
	const content = [body, files.map(describeFile)];
	const { result, isFirst } = await state.generationRequests.handleOnce(
		key,
		content,
		async () => await create(request, state),
	);
	const { generation, unknownOutcome } = result;
	if (key !== undefined && isFirst && unknownOutcome !== undefined) {
		throw outcomeUnknown(unknownOutcome === 'withId' ? generation.id : undefined);
	}
	return generation;
}

async function create(
	{ body, files, caller, origin }: Request,
	state: GenerationState,
): Promise<Creation> {
	checkGeneration(body, files, caller, state);
	const input = [...(await storeFormFiles(files, caller, origin, state)), ...body.input];
	const { concurrency, concurrencyRetryAfter } = state.settings;
	const active = state.generations.activeOutsideBatches;
	if (concurrency !== null && active >= concurrency) {
		throw concurrencyLimitReached(active, concurrency, concurrencyRetryAfter);
	}
	const details = { userId: caller.userId, origin, inBatch: false };
	const stored = startGeneration({ ...body, input }, details, state);
	const generation = serializeGeneration(stored, origin, state);
	return { generation, unknownOutcome: stored.outcome.unknownOutcome };
}
