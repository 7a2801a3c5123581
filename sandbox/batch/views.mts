import type { components } from '../../nodes/shared/api.ts';
import { isOver, type Batch } from './store.mts';
import type { Job } from '../generation/store.mts';
import { shown } from '../generation/views.mts';
import type { State } from '../state.mts';

type Schemas = components['schemas'];

/** How far a batch is. */
function statusOf(batch: Batch, successes: number): Schemas['BatchStatus'] {
	const { jobs } = batch;
	if (jobs.length === 0) return 'PENDING';
	if (jobs.every(({ generation }) => generation.status === 'PENDING')) return 'JOBS_CREATED';
	if (!isOver(batch)) return 'PROCESSING';
	// When the real API calls a batch failed is not known: likeliest, when nothing came of it.
	return successes > 0 ? 'COMPLETED' : 'FAILED';
}

/** A batch as it is answered, and as its webhook says it. */
export function shownBatch(batch: Batch, origin: string): Schemas['Batch'] {
	const { id, createdAt, rows, jobs, webhookUrl } = batch;
	const count = (...statuses: Array<Schemas['GenerationStatus']>) =>
		jobs.filter(({ generation }) => statuses.includes(generation.status)).length;
	const successes = count('COMPLETED');
	const failures = count('FAILED', 'REJECTED');
	return {
		id,
		created_at: createdAt,
		status: statusOf(batch, successes),
		metrics: {
			total_generations: rows.length,
			success_count: successes,
			failed_count: failures,
			pending_count: rows.length - successes - failures,
		},
		outputUrl: isOver(batch) ? `${origin}/v2/batches/${id}/result` : '',
		webhookUrl,
	};
}

/**
 * A row of the result file. Its real fields are not known. The likeliest are `request_id`, as in the row that was sent,
 * and the generation; the other form has the names by which the vendor's MCP server speaks of them.
 */
function resultRow(requestId: string, job: Job, origin: string, state: State): object {
	const generation = shown(job, origin, state);
	if (state.settings.batchResultRows === 'nested') return { request_id: requestId, generation };
	const { id: generationId, status, outputUrl: outputMediaUrl, error } = generation;
	return { requestId, generationId, status, outputMediaUrl, error };
}

/** The result file of a batch: JSONL, a line for each row. */
export const resultFile = ({ rows, jobs }: Batch, origin: string, state: State): string =>
	jobs
		.map((job, index) => resultRow(rows[index].request_id, job, origin, state))
		.map((row) => `${JSON.stringify(row)}\n`)
		.join('');

/** Sends the webhook of a batch that is over, where one is due. */
export function notifyOfBatch(batch: Batch, { webhooks, settings }: State): void {
	if (settings.webhooks === 'off' || batch.webhookUrl === null) return;
	const delayMs = settings.webhookDelayMs;
	// It is broken off by a reset only, and then nobody waits for it.
	webhooks
		.send(batch.webhookUrl, shownBatch(batch, batch.origin), { delayMs })
		.catch(() => undefined);
}
