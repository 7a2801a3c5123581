import { Readable } from 'node:stream';

import { ApiError, BadRequest, plainError } from '../core/errors.mts';
import { WithHeaders, type Handlers } from '../core/handlerTypes.mts';
import { isWebhookUrl } from '../core/webhooks.mts';
import { startGeneration } from '../generation/createGeneration.mts';
import { downloadUrl } from '../storage/urls.mts';
import type { BatchContext } from './state.mts';
import { checkRows } from './form.mts';
import { hasBatchEnded, type StoredBatch } from './store.mts';
import { batchView, resultFile } from './serializers.mts';

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

function requireBatch(id: string, { batches }: BatchContext): StoredBatch {
	const batch = batches.get(id);
	if (!batch) throw plainError(404, 'Batch not found');
	return batch;
}

/** Batches: create, list, get, and get the result. Their generations don't count towards the concurrency of the plan. */
export const batchHandlers: Handlers<BatchContext> = {
	createBatch: ({ body, caller, origin }, context) => {
		const { rows, webhook_url: webhookUrl = null, dry_run: isDryRun = false } = body;
		const { batches, settings, clock } = context;
		if (settings.batchPlan !== 'on') throw planRequired(settings.batchPlan);
		if (webhookUrl !== null && !isWebhookUrl(webhookUrl)) {
			throw new BadRequest(['webhook_url must be an HTTPS URL']);
		}
		checkRows(rows, caller, context);
		if (isDryRun) return { status: 'VALIDATED' };
		const active = batches.all().filter((batch) => !hasBatchEnded(batch)).length;
		if (active >= (settings.batchConcurrency ?? Infinity)) throw concurrencyLimitReached();
		const details = { userId: caller.userId, origin, inBatch: true };
		const createGenerations = () =>
			rows.map(({ payload }) => startGeneration(payload, details, context));
		const batch = { createdAt: clock.now(), rows, webhookUrl, origin, createGenerations };
		return batchView(batches.add(batch, settings.batchPendingMs), origin);
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
			.map((batch) => batchView(batch, origin))
			.filter((batch) => status === undefined || status === batch.status);
	},

	getBatch: ({ params, origin }, context) => batchView(requireBatch(params.id, context), origin),

	getBatchResult: async ({ params, origin }, context) => {
		const batch = requireBatch(params.id, context);
		if (!hasBatchEnded(batch)) throw plainError(404, 'Batch result not found');
		// Written for each request, because the URLs in it expire.
		const key = `batches/${batch.id}.jsonl`;
		const content = Readable.from([Buffer.from(resultFile(batch, origin, context))]);
		await context.files.write(key, 'application/x-ndjson', content);
		return new WithHeaders(undefined, { location: downloadUrl(key, origin, context) });
	},
};
