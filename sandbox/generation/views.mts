import type { components } from '../../nodes/shared/api.ts';
import { isFinal, type Generation, type Job } from './store.mts';
import { PRICES } from './prices.mts';
import { sampleKey } from '../storage/samples.mts';
import { downloadUrl } from '../storage/urls.mts';
import type { State } from '../state.mts';
import type { Delivery, Forgery } from '../core/webhooks.mts';

/** The output of every generation: one of the samples. */
const OUTPUT_KEY = sampleKey('mp4');

/** Where the output is, good for a while; null when there is none. */
export const outputAddress = ({ generation }: Job, origin: string, state: State): string | null =>
	generation.status === 'COMPLETED' ? downloadUrl(OUTPUT_KEY, origin, state) : null;

/** A generation as it is answered. @param withProgress whether it says how far it is */
export function shown(job: Job, origin: string, state: State, withProgress = false): Generation {
	const { errorCode, ...rest } = job.generation;
	return {
		...rest,
		outputUrl: outputAddress(job, origin, state),
		[state.settings.failureCodeField]: errorCode,
		...(withProgress && { progress_percent: progressOf(job) }),
	};
}

/** From 0 to 100; null for one that came to an end without output. */
function progressOf({ generation: { status }, startedAt, plan }: Job): number | null {
	if (status === 'COMPLETED') return 100;
	if (status === 'PENDING') return 0;
	if (status !== 'PROCESSING') return null;
	const share = (Date.now() - (startedAt as number)) / (plan.processingMs ?? Infinity);
	return Math.min(99, Math.floor(share * 100));
}

/** What is recorded of the costs: nothing before the end, and then only what completed costs. */
export function costsOf(job: Job): components['schemas']['GenerationCost'] {
	const { id, status, model, outputDuration } = job.generation;
	const isKnown = isFinal(job);
	const cost = (PRICES[model] * (outputDuration ?? 0)).toFixed(4);
	return {
		generationId: id,
		generationStatus: status,
		currency: 'USD',
		availability: isKnown ? 'complete' : 'pending',
		totalCostUsd: isKnown ? cost : null,
		knownSubtotalUsd: cost,
		retryAfterSeconds: isKnown ? null : 5,
		components: [],
	};
}

/** What a webhook says of a generation. */
function notice(job: Job, state: State): components['schemas']['GenerationWebhook'] {
	const { id, createdAt, status, model, input, options } = job.generation;
	const { segmentOutputUrl, outputDuration, webhookUrl, error, errorCode } = job.generation;
	return {
		id,
		createdAt,
		status: status as 'COMPLETED' | 'FAILED',
		model,
		input,
		options,
		outputUrl: outputAddress(job, job.origin, state),
		segmentOutputUrl,
		outputDuration,
		webhookUrl,
		error,
		error_code: errorCode,
	};
}

/** Sends the webhook of a generation, and waits for its answer. @throws Error when it was made without a webhook */
export async function deliver(
	job: Job,
	state: State,
	how: Forgery & { delayMs?: number } = {},
): Promise<Delivery> {
	const { id, webhookUrl } = job.generation;
	if (!webhookUrl) throw new Error(`Generation ${id} has no webhookUrl`);
	return await state.webhooks.send(webhookUrl, notice(job, state), how);
}

/** Sends the webhook of a generation that has come to its end, where one is due: not for a REJECTED one. */
export function notify(job: Job, state: State): void {
	const { webhooks, webhookDelayMs: delayMs } = state.settings;
	const { status, webhookUrl } = job.generation;
	if (webhooks === 'off' || status === 'REJECTED' || !webhookUrl) return;
	// It is broken off by a reset only, and then nobody waits for it.
	deliver(job, state, { delayMs }).catch(() => undefined);
}
