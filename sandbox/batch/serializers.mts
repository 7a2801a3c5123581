import type { components } from '../../nodes/shared/api.ts';
import { serializeGeneration } from '../generation/serializers.mts';
import type { StoredGeneration } from '../generation/store.mts';
import type { BatchState } from './state.mts';
import { hasBatchEnded, type StoredBatch } from './store.mts';

type Schemas = components['schemas'];

function getBatchStatus(batch: StoredBatch, successes: number): Schemas['BatchStatus'] {
	const { generations } = batch;
	if (generations.length === 0) return 'PENDING';
	if (generations.every(({ generation }) => generation.status === 'PENDING')) {
		return 'JOBS_CREATED';
	}
	if (!hasBatchEnded(batch)) return 'PROCESSING';
	// It is unknown when the real API considers a batch failed: most likely when no generation completes.
	return successes > 0 ? 'COMPLETED' : 'FAILED';
}

/** Serializes a batch, as in the contract. The result is also the body of its webhook. */
export function serializeBatch(batch: StoredBatch, origin: string): Schemas['Batch'] {
	const { id, createdAt, rows, generations, webhookUrl } = batch;
	const count = (...statuses: Array<Schemas['GenerationStatus']>) =>
		generations.filter(({ generation }) => statuses.includes(generation.status)).length;
	const successes = count('COMPLETED');
	const failures = count('FAILED', 'REJECTED');
	return {
		id,
		created_at: createdAt,
		status: getBatchStatus(batch, successes),
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

/** Serializes the result of a batch to JSONL, with one line for each row. */
export const serializeResult = (
	{ rows, generations }: StoredBatch,
	origin: string,
	state: BatchState,
): string =>
	generations
		.map((stored, index) => toResultRow(rows[index].request_id, stored, origin, state))
		.map((row) => `${JSON.stringify(row)}\n`)
		.join('');

/**
 * The format in the real API is unknown. Most likely, a row contains its `request_id` and the generation. The flat
 * format uses the field names of the vendor's MCP server.
 */
function toResultRow(
	requestId: string,
	stored: StoredGeneration,
	origin: string,
	state: BatchState,
): object {
	const generation = serializeGeneration(stored, origin, state);
	if (state.settings.batchResultRows === 'nested') return { request_id: requestId, generation };
	const { id: generationId, status, outputUrl: outputMediaUrl, error } = generation;
	return { requestId, generationId, status, outputMediaUrl, error };
}
