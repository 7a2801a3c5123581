import { Readable } from 'node:stream';

import { ApiError, BadRequestError, httpError } from '../core/errors.mts';
import { ResponseWithHeaders, type Handlers } from '../core/handlerTypes.mts';
import { isWebhookUrl } from '../core/webhooks.mts';
import { startGeneration } from '../generation/createGeneration.mts';
import { signDownloadUrl } from '../storage/urls.mts';
import { checkRows, requireBatch } from './checks.mts';
import { serializeBatch, serializeResult } from './serializers.mts';
import type { BatchState } from './state.mts';
import { hasBatchEnded } from './store.mts';

const planRequired = (status: 402 | 403) =>
	new ApiError(status, {
		message: 'Batch processing requires the Scale plan or higher',
		errorCode: 'batch_plan_required',
	});

const concurrencyLimitReached = () =>
	new ApiError(429, {
		message: 'Batch concurrency limit reached. Wait for a batch to complete.',
		errorCode: 'concurrency_limit_reached',
	});

/** Batches: create, list, get, and get the result. Their generations don't count towards the concurrency limit. */
export const batchHandlers: Handlers<BatchState> = {
	createBatch: ({ body, caller, origin }, state) => {
		const { rows, webhook_url: webhookUrl = null, dry_run: isDryRun = false } = body;
		const { batches, settings, clock } = state;
		if (settings.batchPlan !== 'on') throw planRequired(settings.batchPlan);
		if (webhookUrl !== null && !isWebhookUrl(webhookUrl)) {
			throw new BadRequestError(['webhook_url must be an HTTPS URL']);
		}
		checkRows(rows, caller, state);
		if (isDryRun) return { status: 'VALIDATED' };
		const active = batches.all().filter((batch) => !hasBatchEnded(batch)).length;
		if (active >= (settings.batchConcurrency ?? Infinity)) throw concurrencyLimitReached();
		const details = { userId: caller.userId, origin, inBatch: true };
		const createGenerations = () =>
			rows.map(({ payload }) => startGeneration(payload, details, state));
		const batch = { createdAt: clock.now(), rows, webhookUrl, origin, createGenerations };
		return serializeBatch(batches.add(batch, settings.batchPendingMs), origin);
	},

	listBatches: ({ query, origin }, { batches }) => {
		const { status, created_after: after, created_before: before } = query;
		return batches
			.all()
			.reverse()
			.filter(
				({ createdAt }) =>
					(after === undefined || Date.parse(createdAt) > Date.parse(after)) &&
					(before === undefined || Date.parse(createdAt) < Date.parse(before)),
			)
			.map((batch) => serializeBatch(batch, origin))
			.filter((batch) => status === undefined || status === batch.status);
	},

	getBatch: ({ params, origin }, state) => serializeBatch(requireBatch(params.id, state), origin),

	getBatchResult: async ({ params, origin }, state) => {
		const batch = requireBatch(params.id, state);
		if (!hasBatchEnded(batch)) throw httpError(404, 'Batch result not found');
		// Written for each request, because it contains URLs that expire.
		const key = `batches/${batch.id}.jsonl`;
		const content = Readable.from([Buffer.from(serializeResult(batch, origin, state))]);
		await state.files.write(key, 'application/x-ndjson', content);
		return new ResponseWithHeaders(undefined, { location: signDownloadUrl(key, origin, state) });
	},
};
