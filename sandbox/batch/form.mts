import { ApiError, plainError } from '../core/errors.mts';
import { formBody, type FormReader } from '../core/multipart.mts';
import type { Caller } from '../core/users.mts';
import { checkGeneration } from '../generation/checks.mts';
import type { BatchContext } from './state.mts';
import type { BatchRow } from './store.mts';

/** The maximum size of all rows of a batch: 5 MB, in bytes. */
export const MAX_BATCH_SIZE = 5 * 1024 ** 2;

const rowError = (status: 400 | 422, message: string, lineNumber: number) =>
	new ApiError(status, { message, lineNumber });

/**
 * Reads a form to create a batch. Its rows are a JSONL file in the field `input`.
 *
 * @throws ApiError if the file is too large or a line is not JSON
 */
export const readBatchForm: FormReader = ({ fields, files }) => {
	const { dry_run: dryRun, ...body } = formBody(fields);
	const file = files.find(({ field }) => field === 'input');
	return {
		...body,
		...(dryRun !== undefined && { dry_run: dryRun === 'true' }),
		...(file && { rows: parseRows(file.content) }),
	};
};

function parseRows(content: Buffer): unknown[] {
	if (content.length > MAX_BATCH_SIZE) throw plainError(413);
	return content
		.toString()
		.split('\n')
		.map((line, index) => ({ line: line.trim(), lineNumber: index + 1 }))
		.filter(({ line }) => line !== '')
		.map(({ line, lineNumber }): unknown => {
			try {
				return JSON.parse(line);
			} catch {
				throw rowError(400, 'Invalid JSON', lineNumber);
			}
		});
}

/**
 * Checks what the schema of a batch can't express. The limit of 30 seconds for inputs is not checked, because the real
 * API only measures them when it processes them.
 *
 * @throws ApiError for the first invalid row, with its `lineNumber` from 1
 */
export function checkRows(rows: BatchRow[], caller: Caller, context: BatchContext): void {
	const { duplicateRowStatus } = context.settings;
	const ids = new Set<string>();
	for (const [index, { request_id: id, payload }] of rows.entries()) {
		const lineNumber = index + 1;
		if (ids.has(id)) {
			throw rowError(duplicateRowStatus, `Duplicate request_id: ${id}`, lineNumber);
		}
		ids.add(id);
		try {
			checkGeneration(payload, [], caller, context);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			const { status, message, body } = error;
			throw new ApiError(status, { message, ...body, lineNumber });
		}
	}
}
