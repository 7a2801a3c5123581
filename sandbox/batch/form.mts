import { httpError } from '../core/errors.mts';
import { toJsonBody, type FormConverter } from '../core/multipart.mts';
import { rowError } from './checks.mts';

/** The maximum size of all rows of a batch: 5 MB, in bytes. */
export const MAX_BATCH_SIZE = 5 * 1024 ** 2;

/**
 * Converts a form to create a batch. Its rows are a JSONL file in the field `input`.
 *
 * @throws ApiError if the file is too large or a line is not JSON
 */
export const convertBatchForm: FormConverter = ({ fields, files }) => {
	const { dry_run: dryRun, ...body } = toJsonBody(fields);
	const file = files.find(({ field }) => field === 'input');
	return {
		...body,
		...(dryRun !== undefined && { dry_run: dryRun === 'true' }),
		...(file && { rows: parseRows(file.content) }),
	};
};

function parseRows(content: Buffer): unknown[] {
	if (content.length > MAX_BATCH_SIZE) throw httpError(413);
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
