import type { BatchRow } from './store.mts';
import { ApiError, plainError } from '../core/errors.mts';
import { checkGeneration } from '../generation/checks.mts';
import type { Caller } from '../core/handlers.mts';
import type { FormFile } from '../core/forms.mts';
import type { Settings } from '../core/settings.mts';
import type { State } from '../state.mts';

/** What the rows of a batch may have together, in bytes: 5 MB. */
export const MAX_BATCH_SIZE = 5 * 1024 ** 2;

const rowRefused = (status: Settings['badRowStatus'], message: string, lineNumber: number) =>
	new ApiError(status, { message, lineNumber });

/**
 * The body that a form stands for, as it would be in JSON.
 *
 * @param fields `webhook_url` and `dry_run`
 * @param files the rows, in `input`
 * @throws ApiError when there are too many, or a line is no JSON
 */
export function batchOfForm(fields: Record<string, unknown>, files: FormFile[]): object {
	const { dry_run: dryRun, ...rest } = fields;
	const file = files.find(({ field }) => field === 'input');
	return {
		...rest,
		...(dryRun !== undefined && { dry_run: dryRun === 'true' }),
		...(file && { rows: rowsOf(file.content) }),
	};
}

function rowsOf(content: Buffer): unknown[] {
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
				throw rowRefused(400, 'Invalid JSON', lineNumber);
			}
		});
}

/**
 * Checks what the schema of a batch can't tell. That inputs are of at most 30 seconds is not checked: they are measured
 * when they are processed.
 *
 * @throws ApiError for the first row that is not right, with its `lineNumber`, from 1
 */
export function checkRows(rows: BatchRow[], caller: Caller, state: State): void {
	const ids = new Set<string>();
	for (const [index, { request_id: id, payload }] of rows.entries()) {
		const lineNumber = index + 1;
		if (ids.has(id)) {
			throw rowRefused(state.settings.badRowStatus, `Duplicate request_id: ${id}`, lineNumber);
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
