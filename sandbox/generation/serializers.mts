import type { components } from '../../nodes/shared/api.ts';
import { sampleKey } from '../storage/sampleFiles.mts';
import { downloadUrl } from '../storage/urls.mts';
import type { GenerationContext } from './state.mts';
import { PRICES } from './prices.mts';
import { hasEnded, type StoredGeneration } from './store.mts';
import type { Generation } from './types.mts';

type Context = Pick<GenerationContext, 'settings' | 'urls'>;
type Schemas = components['schemas'];

/** The output of every generation: a sample. */
const OUTPUT_KEY = sampleKey('mp4');

/** Gets a presigned URL of the output; null if there is none. */
export const outputUrl = (
	{ generation }: StoredGeneration,
	origin: string,
	context: Context,
): string | null =>
	generation.status === 'COMPLETED' ? downloadUrl(OUTPUT_KEY, origin, context) : null;

/** A generation, as in the contract. @param withProgress whether to include the progress */
export function generationView(
	stored: StoredGeneration,
	origin: string,
	context: Context,
	withProgress = false,
): Generation {
	const { errorCode, ...fields } = stored.generation;
	return {
		...fields,
		outputUrl: outputUrl(stored, origin, context),
		[context.settings.failureCodeField]: errorCode,
		...(withProgress && { progress_percent: progress(stored) }),
	};
}

/** From 0 to 100; null if the generation ended without an output. */
function progress({ generation: { status }, startedAt, plan }: StoredGeneration): number | null {
	if (status === 'COMPLETED') return 100;
	if (status === 'PENDING') return 0;
	if (status !== 'PROCESSING') return null;
	const share = (Date.now() - (startedAt as number)) / (plan.processingMs ?? Infinity);
	return Math.min(99, Math.floor(share * 100));
}

/** The recorded costs of a generation. Only those that complete cost anything, and not before they end. */
export function costsView(stored: StoredGeneration): Schemas['GenerationCost'] {
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

/** The body of the webhook of a generation that has ended. */
export function webhookView(
	stored: StoredGeneration,
	context: Context,
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
		outputUrl: outputUrl(stored, stored.origin, context),
		segmentOutputUrl,
		outputDuration,
		webhookUrl,
		error,
		error_code: errorCode,
	};
}
