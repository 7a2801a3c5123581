import type { components } from '../../nodes/shared/api.ts';
import { sampleKey } from '../storage/sampleFiles.mts';
import { signDownloadUrl } from '../storage/urls.mts';
import { PRICES } from './prices.mts';
import type { GenerationState } from './state.mts';
import { hasEnded, type StoredGeneration } from './store.mts';
import type { Generation } from './types.mts';

type State = Pick<GenerationState, 'settings' | 'urls'>;
type Schemas = components['schemas'];

/** The output of every generation: a sample file. */
const OUTPUT_KEY = sampleKey('mp4');

/** Creates a presigned URL of the output; null if there is none. */
export const signOutputUrl = (
	{ generation }: StoredGeneration,
	origin: string,
	state: State,
): string | null =>
	generation.status === 'COMPLETED' ? signDownloadUrl(OUTPUT_KEY, origin, state) : null;

/** Serializes a generation, as in the contract. @param withProgress whether to include the progress */
export function serializeGeneration(
	stored: StoredGeneration,
	origin: string,
	state: State,
	withProgress = false,
): Generation {
	const { errorCode, ...fields } = stored.generation;
	return {
		...fields,
		outputUrl: signOutputUrl(stored, origin, state),
		[state.settings.failureCodeField]: errorCode,
		...(withProgress && { progress_percent: getProgress(stored) }),
	};
}

/** Gets the progress from 0 to 100; null if the generation ended without an output. */
function getProgress({
	generation: { status },
	startedAt,
	outcome,
}: StoredGeneration): number | null {
	if (status === 'COMPLETED') return 100;
	if (status === 'PENDING') return 0;
	if (status !== 'PROCESSING') return null;
	const share = (Date.now() - (startedAt as number)) / (outcome.processingMs ?? Infinity);
	return Math.min(99, Math.floor(share * 100));
}

/** Serializes the costs of a generation. Only completed generations have any. */
export function serializeCosts(stored: StoredGeneration): Schemas['GenerationCost'] {
	const { id, status, model, outputDuration } = stored.generation;
	const isFinal = hasEnded(stored);
	const cost = (PRICES[model] * (outputDuration ?? 0)).toFixed(4);
	return {
		generationId: id,
		generationStatus: status,
		currency: 'USD',
		availability: isFinal ? 'complete' : 'pending',
		totalCostUsd: isFinal ? cost : null,
		knownSubtotalUsd: cost,
		retryAfterSeconds: isFinal ? null : 5,
		components: [],
	};
}

/** Serializes the webhook of a generation that has ended. */
export function serializeWebhook(
	stored: StoredGeneration,
	state: State,
): Schemas['GenerationWebhook'] {
	const { id, createdAt, status, model, input, options } = stored.generation;
	const { segmentOutputUrl, outputDuration, webhookUrl, error, errorCode } = stored.generation;
	return {
		id,
		createdAt,
		status: status as 'COMPLETED' | 'FAILED',
		model,
		input,
		options,
		outputUrl: signOutputUrl(stored, stored.origin, state),
		segmentOutputUrl,
		outputDuration,
		webhookUrl,
		error,
		error_code: errorCode,
	};
}
