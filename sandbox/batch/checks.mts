import { ApiError, httpError } from '../core/errors.mts';
import type { Caller } from '../core/users.mts';
import { checkGeneration } from '../generation/checks.mts';
import type { BatchState } from './state.mts';
import type { StoredBatch } from './store.mts';
import type { BatchRow } from './types.mts';

/** A row is invalid. @param lineNumber from 1 */
export const rowError = (status: 400 | 422, message: string, lineNumber: number) =>
	new ApiError(status, { message, lineNumber });

/** Gets a batch. @throws ApiError if it does not exist */
export function requireBatch(id: string, { batches }: BatchState): StoredBatch {
	const batch = batches.get(id);
	if (!batch) throw httpError(404, 'Batch not found');
	return batch;
}

/**
 * Checks what the schema of a batch can't express. The 30-second limit for inputs is not checked, because the real API
 * measures them only when it processes them.
 *
 * @throws ApiError for the first invalid row, with its `lineNumber`
 */
export function checkRows(rows: BatchRow[], caller: Caller, state: BatchState): void {
	const { duplicateRowStatus } = state.settings;
	const ids = new Set<string>();
	for (const [index, { request_id: id, payload }] of rows.entries()) {
		const lineNumber = index + 1;
		if (ids.has(id)) {
			throw rowError(duplicateRowStatus, `Duplicate request_id: ${id}`, lineNumber);
		}
		ids.add(id);
		try {
			checkGeneration(payload, [], caller, state);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			const { status, message, body } = error;
			throw new ApiError(status, { message, ...body, lineNumber });
		}
	}
}
