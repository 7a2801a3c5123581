import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { jsonParse, updateDisplayOptions } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { errorItem, FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import { bodyOf, routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { checkFileUrl, fetchFile, isExpired } from '../../shared/files/storage';
import type { Batch } from './batchItem';
import { batchIn } from './batchItem';
import { linesOf } from './lines';

/** A status that is not known may have results. */
const UNFINISHED = ['PENDING', 'JOBS_CREATED', 'PROCESSING'];

/** Gets what came of each row of a batch. */
async function getBatchResults(call: Call): Promise<INodeExecutionData[]> {
	const url = call.path('batchId', 'batch');
	const batch = batchIn(await call.ask({ url }));
	if (UNFINISHED.includes(batch.status)) throw new FailureError(notFinished(batch));
	const lines = await resultLines(call, batch);
	return lines.map((line, index) => rowItem(call, line, index + 1));
}

const notFinished = ({ status, metrics }: Batch): Failure => ({
	message: `The batch is not finished yet, but ${status}`,
	// The request itself went well.
	statusCode: 200,
	errorCode: null,
	hint: `Try again later; a batch takes up to 24 hours. ${metrics?.pending_count ?? 'Some'} of its videos are not made yet.`,
	requestId: null,
});

/**
 * The lines of the result file. Its URL may be a way of the API, which wants the API key and leads on to the file, or that
 * of the file itself, which must not get the key.
 */
async function resultLines(call: Call, { id, outputUrl }: Batch): Promise<string[]> {
	const path = `/v2/batches/${encodeURIComponent(id)}/result`;
	const isFile = URL.canParse(outputUrl) && !new URL(outputUrl).pathname.endsWith(path);
	const fetchLines = async () => {
		if (isFile) return await readLines(call, outputUrl);
		const answer = await call.send({ url: path, encoding: 'text' });
		if (!answer.ok && answer.location) return await readLines(call, answer.location);
		return answer;
	};
	let answer = await fetchLines();
	// The file's own address holds for some minutes: it is asked for anew, once.
	if (isExpired(answer)) answer = await fetchLines();
	const body = bodyOf(answer);
	if (Array.isArray(body)) return body as string[];
	// An API that leads nowhere, but gives the file itself.
	return String(body)
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);
}

/** Reads a file line by line, as it comes. */
async function readLines(call: Call, url: string) {
	return await fetchFile(call, checkFileUrl(url), async (stream) => {
		const lines: string[] = [];
		for await (const line of linesOf(stream)) lines.push(line);
		return lines;
	});
}

/**
 * The item of a row. What a line holds is not documented: its fields come out as they are, beside the row ID.
 *
 * @throws FailureError when the line is no JSON object and the workflow is to stop
 */
function rowItem(call: Call, line: string, number: number): INodeExecutionData {
	const row = jsonParse<unknown>(line, { fallbackValue: null });
	if (typeof row === 'object' && row !== null && !Array.isArray(row)) {
		const fields = row as IDataObject;
		return { json: { requestId: fields.request_id ?? null, ...fields } };
	}
	const failure = {
		message: `Line ${number} of the results is not readable`,
		statusCode: 200,
		errorCode: null,
		hint: 'Look up the generation of this row with Generation → Get Many, by its model and time',
		requestId: null,
	};
	const subject = { ...call.subject, line: number, text: line.slice(0, 500) };
	if (call.context.continueOnFail()) return errorItem(failure, subject);
	Object.assign(call.subject, subject);
	throw new FailureError(failure);
}

/** The entry in the Operation list. */
export const getResultsOption: INodePropertyOptions = {
	name: 'Get Results',
	value: 'getResults',
	action: 'Get results of batch',
	description: 'Get what came of each row of a finished batch, an item for each',
	routing: routing('GET', '/v2/batch', getBatchResults),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Get Results. */
export const getResultsDescription = updateDisplayOptions(
	{ show: { resource: ['batch'], operation: ['getResults'] } },
	properties,
);
