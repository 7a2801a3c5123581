import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { CREDENTIAL } from './engine.mts';
import {
	FakeApi,
	type FakeResponse,
	parseQuery,
	type SentRequest,
	useFakeApi,
} from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { OnError } from './workflows.mts';

const server = useFakeApi();
const storage = new FakeApi();
beforeAll(async () => await storage.start());
afterAll(async () => await storage.stop());
beforeEach(() => storage.sent.splice(0));

const BATCH = {
	id: 'batch_abc123',
	created_at: '2026-01-15T10:30:00Z',
	status: 'COMPLETED',
	metrics: { total_generations: 3, success_count: 2, failed_count: 1, pending_count: 0 },
	webhookUrl: 'https://n8n.example.com/webhook/batch',
};
const RESULT = '/v2/batches/batch_abc123/result';
const ROWS = [
	{ request_id: 'row-0', status: 'COMPLETED', outputUrl: 'https://files.example.com/ä.mp4' },
	{ request_id: 'row-1', status: 'FAILED', error: 'no face' },
	{ request_id: 'row-2', status: 'COMPLETED' },
];
const toLines = (...rows: unknown[]) =>
	rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
const jsonLines = (body: string): FakeResponse => ({
	status: 200,
	body,
	headers: { 'content-type': 'application/x-ndjson' },
});

/**
 * Gets the results of a batch.
 *
 * @param file the response of the storage
 * @param result returns the response of the API to a request for the results
 */
async function getResults(
	file: FakeResponse,
	batch: object = {},
	result: (sent: SentRequest) => FakeResponse = () => ({
		status: 302,
		body: '',
		headers: { location: `${storage.url}/signed.jsonl?sig=1` },
	}),
	onError?: OnError,
) {
	const { api } = server;
	const outputUrl = `https://api.sync.so${RESULT}`;
	storage.respond = () => file;
	api.respond = (sent) =>
		sent.url === RESULT ? result(sent) : { status: 200, body: { ...BATCH, outputUrl, ...batch } };
	const parameters = { resource: 'batch', operation: 'getResults', batchId: byId(BATCH.id) };
	return await runOperation(api, parameters, undefined, onError);
}

test('outputs an item for each row, with its ID and all of its fields', async () => {
	const { results, pairs } = await getResults(jsonLines(toLines(...ROWS)));
	expect(results).toEqual(ROWS.map((row) => ({ requestId: row.request_id, ...row })));
	expect(pairs[0]).toEqual(ROWS.map(() => ({ item: 0 })));
});

test('sends the API key to the API, but not to the storage that it redirects to', async () => {
	await getResults(jsonLines(toLines(...ROWS)));
	expect(server.api.requestLines).toEqual([`GET /v2/batch/${BATCH.id}`, `GET ${RESULT}`]);
	expect(server.api.sent[1].headers['x-api-key']).toBe(CREDENTIAL.apiKey);
	expect(storage.requestLines).toEqual(['GET /signed.jsonl?sig=1']);
	expect(JSON.stringify(storage.sent[0])).not.toContain(CREDENTIAL.apiKey);
});

test('requests the file directly if the batch has its URL', async () => {
	const outputUrl = `${storage.url}/other.jsonl`;
	const { results } = await getResults(jsonLines(toLines(...ROWS)), { outputUrl });
	expect(results).toHaveLength(3);
	expect(server.api.sent).toHaveLength(1);
	expect(storage.sent[0].headers['x-api-key']).toBeUndefined();
});

test('requests the results of a finished batch that has no URL for them', async () => {
	const { results } = await getResults(jsonLines(toLines(...ROWS)), { outputUrl: '' });
	expect(results).toHaveLength(3);
});

test('accepts a file from the API itself', async () => {
	const { results } = await getResults('never', {}, () => jsonLines(toLines(...ROWS)));
	expect(results.map(({ requestId }) => requestId)).toEqual(['row-0', 'row-1', 'row-2']);
	expect(storage.sent).toEqual([]);
});

test('skips empty lines and accepts all line endings', async () => {
	const text = `\r\n${JSON.stringify(ROWS[0])}\r\n\n${JSON.stringify(ROWS[1])}\n`;
	expect((await getResults(jsonLines(text))).results).toHaveLength(2);
});

test('outputs no items for an empty file if all rows failed', async () => {
	const metrics = { ...BATCH.metrics, success_count: 0, failed_count: 3 };
	const { out, failed } = await getResults(jsonLines(''), { metrics });
	expect([out, failed]).toEqual([[], []]);
});

describe('a file with fewer lines than the batch has rows', () => {
	const metrics = { ...BATCH.metrics, success_count: 3, failed_count: 0 };

	test('is downloaded again, because it may have been cut off', async () => {
		const whole = jsonLines(toLines(...ROWS));
		const { api } = server;
		const running = getResults(jsonLines(toLines(ROWS[0])), { metrics }, () => {
			if (api.requestLines.filter((line) => line.endsWith('/result')).length > 1)
				storage.respond = () => whole;
			return { status: 302, body: '', headers: { location: `${storage.url}/signed.jsonl` } };
		});
		expect((await running).results).toHaveLength(3);
	});

	test('outputs the rows that it has, and an error that says how many are missing', async () => {
		const { results, errors } = await getResults(jsonLines(toLines(ROWS[0])), { metrics });
		expect(results.map(({ requestId }) => requestId)).toEqual(['row-0']);
		expect(errors).toMatchObject([
			{ message: 'The results are incomplete: 2 of 3 rows are missing', batchId: BATCH.id },
		]);
	});

	test('stops the workflow if On Error says so', async () => {
		const file = jsonLines(toLines(ROWS[0]));
		const { error } = await getResults(file, { metrics }, undefined, 'stopWorkflow');
		expect(error?.message).toMatch(/^The results are incomplete/);
	});

	test('is complete if only failed rows are missing', async () => {
		const { results, errors } = await getResults(jsonLines(toLines(ROWS[0], ROWS[2])));
		expect([results.length, errors]).toEqual([2, []]);
	});
});

test.each(['FAILED', 'COMPLETED'])(
	'a batch that is %s without results is an error',
	async (status) => {
		const noFile = { status: 404, body: { message: 'Cannot GET /v2/batches', statusCode: 404 } };
		const { errors } = await getResults('never', { status, outputUrl: '' }, () => noFile);
		expect(errors).toMatchObject([
			{
				message: `The batch has no results (status: ${status})`,
				hint: expect.stringContaining('Dry Run') as string,
			},
		]);
	},
);

describe('a line that is not a JSON object', () => {
	test.each(['{"request_id":"row-1", half', '[1]', 'null', 'plain text'])(
		'is an error, but the other rows come out: %s',
		async (line) => {
			const { results, errors, pairs } = await getResults(
				jsonLines(toLines(ROWS[0], line, ROWS[2])),
			);
			expect(results.map(({ requestId }) => requestId)).toEqual(['row-0', 'row-2']);
			expect(errors).toMatchObject([
				{
					message: 'Line 2 of the results is not readable',
					batchId: BATCH.id,
					line: 2,
					text: line,
				},
			]);
			expect(pairs[1]).toEqual([{ item: 0 }]);
		},
	);

	test('stops the workflow if On Error says so', async () => {
		const { error } = await getResults(jsonLines('half'), {}, undefined, 'stopWorkflow');
		expect(error?.message).toBe(`Line 1 of the results is not readable (batch ${BATCH.id})`);
	});
});

test.each(['PENDING', 'JOBS_CREATED', 'PROCESSING'])(
	'a batch that is %s is an error, and its results are not requested',
	async (status) => {
		const { errors } = await getResults('never', { status });
		expect(errors).toMatchObject([
			{ message: `The batch has not finished yet (status: ${status})`, batchId: BATCH.id },
		]);
		expect(server.api.sent).toHaveLength(1);
	},
);

test.each([
	['without HTTPS', 'http://files.example.com/x.jsonl'],
	['with another protocol', 'file:///etc/passwd'],
	['that is relative', '/x'],
])('does not follow a redirect to a URL %s', async (_what, location) => {
	const { errors } = await getResults('never', {}, () => ({
		status: 302,
		body: '',
		headers: { location },
	}));
	expect(errors).toMatchObject([{ message: 'sync.so provided no valid URL for the file' }]);
});

test('requests a new URL once if the URL of the file has expired', async () => {
	const expired = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
	const { errors } = await getResults({ status: 403, body: expired });
	expect(storage.sent).toHaveLength(2);
	expect(errors).toMatchObject([{ statusCode: 403, errorCode: 'AccessDenied' }]);
});

describe('Get', () => {
	test('has every documented field', async () => {
		server.api.respond = () => ({ status: 200, body: { ...BATCH, outputUrl: '' } });
		const parameters = { resource: 'batch', operation: 'get', batchId: byId(BATCH.id) };
		const { results } = await runOperation(server.api, parameters);
		expect(results).toEqual([{ ...BATCH, outputUrl: null }]);
	});
});

describe('Get Many', () => {
	const getAll = async (settings: IDataObject = {}, count = 60) => {
		const all = Array.from({ length: count }, (_, index) => ({ ...BATCH, id: `b${index}` }));
		server.api.respond = () => ({ status: 200, body: all });
		const parameters = { resource: 'batch', operation: 'getAll', ...settings };
		return await runOperation(server.api, parameters);
	};

	test.each([
		['50 batches by default', {}, 50],
		['up to Limit', { limit: 2 }, 2],
		['all batches with Return All', { returnAll: true }, 60],
	])('outputs %s with one request', async (_what, settings, count) => {
		expect((await getAll(settings)).results).toHaveLength(count);
		expect(server.api.sent).toHaveLength(1);
	});

	test('filters by status and time', async () => {
		const filters = {
			status: 'FAILED',
			createdAfter: '2026-01-15T09:30:00+01:00',
			createdBefore: '2026-01-16T00:00:00Z',
		};
		await getAll({ filters });
		expect(parseQuery(server.api.sent[0])).toEqual({
			status: 'FAILED',
			created_after: '2026-01-15T08:30:00.000Z',
			created_before: '2026-01-16T00:00:00.000Z',
		});
	});

	test('rejects an invalid date without sending a request', async () => {
		const { errors } = await getAll({ filters: { createdAfter: 'soon' } });
		expect(errors).toMatchObject([{ message: "'Created After' is not a date" }]);
		expect(server.api.sent).toEqual([]);
	});
});
