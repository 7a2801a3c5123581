import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { readRemoteFile } from '../../shared/files/download';
import type { Batch } from '../../shared/items/batchItem';
import { parseBatch } from '../../shared/items/batchItem';
import type { Failure } from '../../shared/transport/errors';
import { errorItem, FailureError, resultFailure } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import type { ApiResponse, FailedResponse } from '../../shared/transport/sender';
import { batchLocator } from './batchLocator';
import { splitLines } from './splitLines';

/** Statuses of batches that have no results yet. A batch with an unknown status may have some. */
const UNFINISHED = ['PENDING', 'JOBS_CREATED', 'PROCESSING'];

/** Gets the result of each row of a batch. */
async function getBatchResults(item: ItemContext): Promise<INodeExecutionData[]> {
	const url = item.readPath('batchId', 'batch');
	const batch = parseBatch(await item.request({ url }));
	if (UNFINISHED.includes(batch.status)) throw new FailureError(notFinishedFailure(batch));
	let lines = await downloadLines(item, batch);
	// A truncated download looks like a complete one, so it is repeated once.
	if (countMissingRows(batch, lines.length) > 0) lines = await downloadLines(item, batch);
	const items = lines.map((line, index) => toRowItem(item, line, index + 1));
	const missing = countMissingRows(batch, lines.length);
	if (missing === 0) return items;
	const failure = incompleteFailure(lines.length, missing);
	const { context, errorFields } = item;
	if (context.continueOnFail()) {
		return [...items, errorItem(failure, errorFields, context.getNode())];
	}
	throw new FailureError(failure);
}

/**
 * How many rows are missing from the results. It isn't documented whether failed rows are included, so results without
 * the failed rows count as complete too.
 */
function countMissingRows({ metrics }: Batch, lineCount: number): number {
	const { total_generations: total, success_count: succeeded } = metrics ?? {};
	if (typeof total !== 'number' || lineCount >= total || lineCount === succeeded) return 0;
	return total - lineCount;
}

const incompleteFailure = (lineCount: number, missing: number): Failure =>
	resultFailure(
		`The results are incomplete: ${missing} of ${lineCount + missing} rows are missing`,
		'Run this node again later. The generations are also listed by Generation → Get Many.',
	);

const noResultsFailure = ({ status }: Batch): Failure =>
	resultFailure(
		`The batch has no results (status: ${status})`,
		"Check the rows with Batch → Create and its 'Dry Run', then create the batch again. If it keeps failing, contact sync.so support with its ID.",
	);

const notFinishedFailure = ({ status, metrics }: Batch): Failure =>
	resultFailure(
		`The batch has not finished yet (status: ${status})`,
		`Run this node again later: a batch takes up to 24 hours. Videos still to come: ${metrics?.pending_count ?? 'unknown'}.`,
	);

/**
 * Downloads the lines of the result file. The batch's URL is either an API route, which needs the API key and redirects
 * to the file, or the file itself, which must not receive the key.
 *
 * @throws FailureError if there is no file, or if it can't be read
 */
async function downloadLines(item: ItemContext, batch: Batch): Promise<string[]> {
	const { id, outputUrl } = batch;
	const path = `/v2/batches/${encodeURIComponent(id)}/result`;
	const isFileUrl = URL.canParse(outputUrl) && !new URL(outputUrl).pathname.endsWith(path);
	if (isFileUrl) return await readLines(item, async () => await Promise.resolve(outputUrl));
	const request = async () => await item.send({ url: path, encoding: 'text' });
	let response: ApiResponse | undefined = await request();
	// The API sent the file itself instead of a redirect.
	if (response.ok) return String(response.body).split('\n').map(trim).filter(Boolean);
	if (response.failure.statusCode === 404) throw new FailureError(noResultsFailure(batch));
	if (response.location === undefined) throw new FailureError(response.failure);
	return await readLines(item, async () => {
		// The URL of the file expires within minutes: a retry requests a new one.
		const { location } = (response ?? (await request())) as FailedResponse;
		response = undefined;
		return location;
	});
}

const trim = (line: string): string => line.trim();

/** Streams a file line by line. @param url returns its URL */
async function readLines(item: ItemContext, url: () => Promise<unknown>): Promise<string[]> {
	const fileToDownload = { url, name: 'results', maxSize: Infinity };
	return await readRemoteFile(item, fileToDownload, async (chunks) => {
		const lines: string[] = [];
		for await (const line of splitLines(chunks)) lines.push(line);
		return lines;
	});
}

/**
 * The output item of a row: the row ID, and all fields of the line as they are, because they aren't documented.
 *
 * @throws FailureError if the line is not a JSON object and errors stop the workflow
 */
function toRowItem(item: ItemContext, line: string, lineNumber: number): INodeExecutionData {
	const row = jsonParse<unknown>(line, { fallbackValue: null });
	if (typeof row === 'object' && row !== null && !Array.isArray(row)) {
		const fields = row as IDataObject;
		return { json: { requestId: fields.request_id ?? null, ...fields } };
	}
	const failure = resultFailure(
		`Line ${lineNumber} of the results is not readable`,
		'Find the generation of this row with Generation → Get Many, by model and time',
	);
	const errorFields = { ...item.errorFields, line: lineNumber, text: line.slice(0, 500) };
	const { context } = item;
	if (context.continueOnFail()) return errorItem(failure, errorFields, context.getNode());
	Object.assign(item.errorFields, errorFields);
	throw new FailureError(failure);
}

/** Batch → Get Results. */
export const getResultsOperation = defineOperation({
	name: 'Get Results',
	value: 'getResults',
	action: 'Get results of batch',
	description: 'Get one item per row of a finished batch',
	request: { method: 'GET', url: '/v2/batch' },
	fields: [batchLocator, optionsField()],
	handle: getBatchResults,
});
