import type { components } from '../../nodes/shared/api.ts';
import type { StoredGeneration } from '../generation/store.mts';
import { generationView } from '../generation/serializers.mts';
import type { BatchContext } from './state.mts';
import { hasBatchEnded, type StoredBatch } from './store.mts';

type Schemas = components['schemas'];

function batchStatus(batch: StoredBatch, successes: number): Schemas['BatchStatus'] {
	const { generations } = batch;
	if (generations.length === 0) return 'PENDING';
	if (generations.every(({ generation }) => generation.status === 'PENDING')) {
		return 'JOBS_CREATED';
	}
	if (!hasBatchEnded(batch)) return 'PROCESSING';
	// When the real API considers a batch failed is unknown; most likely if no generation completed.
	return successes > 0 ? 'COMPLETED' : 'FAILED';
}

/** A batch, as in the contract. It is also the body of its webhook. */
export function batchView(batch: StoredBatch, origin: string): Schemas['Batch'] {
	const { id, createdAt, rows, generations, webhookUrl } = batch;
	const count = (...statuses: Array<Schemas['GenerationStatus']>) =>
		generations.filter(({ generation }) => statuses.includes(generation.status)).length;
	const successes = count('COMPLETED');
	const failures = count('FAILED', 'REJECTED');
	return {
		id,
		created_at: createdAt,
		status: batchStatus(batch, successes),
		metrics: {
			total_generations: rows.length,
			success_count: successes,
			failed_count: failures,
			pending_count: rows.length - successes - failures,
		},
		outputUrl: hasBatchEnded(batch) ? `${origin}/v2/batches/${id}/result` : '',
		webhookUrl,
	};
}

/** The result file of a batch: JSONL with one line for each row. */
export const resultFile = (
	{ rows, generations }: StoredBatch,
	origin: string,
	context: BatchContext,
): string =>
	generations
		.map((stored, index) => resultRow(rows[index].request_id, stored, origin, context))
		.map((row) => `${JSON.stringify(row)}\n`)
		.join('');

/**
 * A row of the result file. Its real fields are unknown. Most likely, they are the `request_id` of the row and the
 * generation; the flat format has the field names of the vendor's MCP server.
 */
function resultRow(
	requestId: string,
	stored: StoredGeneration,
	origin: string,
	context: BatchContext,
): object {
	const generation = generationView(stored, origin, context);
	if (context.settings.batchResultRows === 'nested') return { request_id: requestId, generation };
	const { id: generationId, status, outputUrl: outputMediaUrl, error } = generation;
	return { requestId, generationId, status, outputMediaUrl, error };
}
