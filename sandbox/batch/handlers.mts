import { Readable } from 'node:stream';

import { checkRows } from './rows.mts';
import { isOver, type Batch } from './store.mts';
import { resultFile, shownBatch } from './views.mts';
import { ApiError, BadRequest, plainError } from '../core/errors.mts';
import { startGeneration } from '../generation/handlers.mts';
import { WithHeaders, type Handlers } from '../core/handlers.mts';
import type { State } from '../state.mts';
import { downloadUrl } from '../storage/urls.mts';
import { isWebhookUrl } from '../core/webhooks.mts';

const planRequired = (status: 402 | 403) =>
	new ApiError(status, {
		message: 'Batch processing requires the Scale plan or higher',
		errorCode: 'batch_plan_required',
	});

const tooManyAtOnce = () =>
	new ApiError(429, {
		message: 'Batch concurrency limit reached. Wait for a batch to complete.',
		errorCode: 'concurrency_limit_reached',
	});

function find(id: string, { batches }: State): Batch {
	const batch = batches.get(id);
	if (!batch) throw plainError(404, 'Batch not found');
	return batch;
}

/** Batches: many generations in one request, beside the limits of single ones. */
export const batchHandlers: Handlers = {
	createBatch: ({ body, caller, origin }, state) => {
		const { rows, webhook_url: webhookUrl = null, dry_run: isDryRun = false } = body;
		const { batches, settings } = state;
		if (settings.batchPlan !== 'on') throw planRequired(settings.batchPlan);
		if (webhookUrl !== null && !isWebhookUrl(webhookUrl)) {
			throw new BadRequest(['webhook_url must be an HTTPS URL']);
		}
		checkRows(rows, caller, state);
		if (isDryRun) return { status: 'VALIDATED' };
		const running = batches.all().filter((batch) => !isOver(batch)).length;
		if (running >= (settings.batchConcurrency ?? Infinity)) throw tooManyAtOnce();
		const start = () => rows.map(({ payload }) => startGeneration(payload, caller, origin, state));
		const createdAt = state.now();
		const known = { createdAt, rows, webhookUrl, origin, start };
		return shownBatch(batches.add(known, settings.batchPendingMs), origin);
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
			.map((batch) => shownBatch(batch, origin))
			.filter((batch) => status === undefined || status === batch.status);
	},

	getBatch: ({ params, origin }, state) => shownBatch(find(params.id, state), origin),

	getBatchResult: async ({ params, origin }, state) => {
		const batch = find(params.id, state);
		if (!isOver(batch)) throw plainError(404, 'Batch result not found');
		// Written anew each time: the addresses in it are good for a while only.
		const key = `batches/${batch.id}.jsonl`;
		const content = Readable.from([Buffer.from(resultFile(batch, origin, state))]);
		await state.files.write(key, 'application/x-ndjson', content);
		return new WithHeaders(undefined, { location: downloadUrl(key, origin, state) });
	},
};
