import { RESPONSES } from '../unit/responses.mts';
import { OPERATIONS } from './allOperations.mts';
import { CREDENTIAL, inspectAll, runWorkflow } from './engine.mts';
import { useFakeApi } from './fakeApi.mts';
import { FAILURE_CASES } from './failureCases.mts';
import { runOperation } from './runOperation.mts';
import { buildNodeWorkflow, SYNC_NODE } from './workflows.mts';

const server = useFakeApi();
const KINDS = [
	'401 for an invalid key',
	'429 for the concurrency limit',
	'500 with a request ID',
	'502 as HTML',
	'a reset connection',
	'a response that stalls',
];

/** Faults after which the request may have been carried out. */
const UNCERTAIN = [
	'500 with a request ID',
	'502 as HTML',
	'a reset connection',
	'a response that stalls',
];
/** The error for a response that denies access. */
const FORBIDDEN = { message: RESPONSES.forbidden.body.message, statusCode: 403 };
const COSTS_MONEY = ['batch create', 'generation create', 'speech create', 'voice clone'];
/** Operations that start with one request for all items. */
const COMBINES = [
	'asset download',
	'asset get',
	'asset getByIds',
	'asset upload',
	'batch create',
	'transcription create',
];

test('the operations of the resources are found', () => {
	expect(OPERATIONS.map(({ resource, operation }) => `${resource} ${operation}`)).toEqual(
		expect.arrayContaining(['asset get', 'asset getByIds', 'project create', 'project addAsset']),
	);
});

describe.each(OPERATIONS)('$resource: $operation', ({ resource, operation, settings, items }) => {
	const { options } = settings;
	// A temporary error does not keep the execution from being suspended.
	const isSuspended = operation === 'waitForWebhook';
	const kinds = isSuspended ? KINDS.filter((kind) => kind.startsWith('40')) : KINDS;

	test.each(kinds)(
		'%s becomes an error of the usual shape on the error output, paired with its item',
		async (kind) => {
			const { response, buildError } = FAILURE_CASES[kind];
			server.api.respond = () => response;
			const hurried = { ...settings, options: { ...options, timeout: 1 } };
			const { run, out, failed, errors, pairs } = await runOperation(server.api, hurried, items);
			expect(server.api.sent.length).toBeGreaterThan(0);
			expect(out).toEqual([]);
			const error = buildError(server.api.host);
			const isUncertain =
				UNCERTAIN.includes(kind) && COSTS_MONEY.includes(`${resource} ${operation}`);
			const expected = isUncertain
				? {
						...error,
						message: expect.stringMatching(`^${error.message}.* may have been created`) as unknown,
						hint: expect.stringMatching(/^(Check|Use Retry) /) as unknown,
					}
				: error;
			expect(errors).toEqual(items.map(() => expect.objectContaining(expected) as unknown));
			expect(pairs[1]).toEqual(items.map((_item, item) => ({ item })));
			expect(failed.map(({ json }) => json.label)).toEqual(items.map(({ json }) => json.label));
			expect(inspectAll(run)).not.toContain(CREDENTIAL.apiKey);
		},
	);

	test('accepts a response that arrives in small pieces', async () => {
		server.api.respond = () => ({ ...RESPONSES.forbidden, inPieces: true });
		const { errors } = await runOperation(server.api, settings, items);
		expect(errors).toEqual(items.map(() => expect.objectContaining(FORBIDDEN) as unknown));
	});

	test("sends every request through the proxy from the node's settings", async () => {
		server.api.respond = () => RESPONSES.forbidden;
		const unreachable = { ...server.api.credential, baseUrl: 'http://localhost:9' };
		const proxied = { ...settings, requestOptions: { proxy: server.api.url } };
		const json = buildNodeWorkflow(proxied);
		const result = await runWorkflow(json, items, unreachable);
		expect(result.getItems(SYNC_NODE, 1).map(({ json: { error } }) => error)).toEqual(
			items.map(() => expect.objectContaining(FORBIDDEN) as unknown),
		);
		const { sent } = server.api;
		expect(sent.length).toBeGreaterThan(0);
		expect(sent.filter(({ url }) => !url.startsWith('http://localhost:9/v2/'))).toEqual([]);
	});

	if (!isSuspended) {
		const many = Array.from({ length: 5 }, () => items)
			.flat()
			.map((item, index) => ({ ...item, pairedItem: { item: index } }));
		const oneByOne = { ...settings, options: { ...options, maxConcurrent: 1 } };

		test('stops sending after an hour-long ban, and every item says when it ends', async () => {
			const headers = { 'retry-after': '3600' };
			server.api.respond = () => ({ ...RESPONSES.rateLimited, headers });
			const { errors } = await runOperation(server.api, oneByOne, many);
			expect(server.api.sent).toHaveLength(1);
			expect(errors).toHaveLength(many.length);
			for (const { message, hint, statusCode } of errors) {
				expect(message).toMatch(/accepts no requests until |^Rate limit exceeded/);
				expect([hint, statusCode]).toEqual([
					expect.stringMatching(/^Run the workflow again after \d{4}-/),
					429,
				]);
			}
		});

		test('stops sending to a server that is down after five requests, and every item says why', async () => {
			server.api.respond = () => RESPONSES.unavailable;
			const { errors } = await runOperation(server.api, oneByOne, many);
			const [requests, message] = COMBINES.includes(`${resource} ${operation}`)
				? [1, 'sync.so is not available at the moment']
				: [5, '5 requests in a row have failed'];
			expect(server.api.sent).toHaveLength(requests);
			expect(errors.map(({ statusCode }) => statusCode)).toEqual(many.map(() => 503));
			expect(errors.at(-1)?.message).toContain(message);
		});
	}

	test('stops the workflow on an invalid key if On Error says so, and the error does not contain the key', async () => {
		const { response, buildError } = FAILURE_CASES['401 for an invalid key'];
		server.api.respond = () => response;
		const { run } = await runOperation(server.api, settings, items, 'stopWorkflow');
		const error = buildError(server.api.host);
		expect(run.data.resultData.error).toMatchObject({
			message: expect.stringContaining(error.message) as unknown,
			context: { data: error },
		});
		expect(inspectAll(run)).not.toContain(CREDENTIAL.apiKey);
	});

	test('signs every request with the key', async () => {
		server.api.respond = () => FAILURE_CASES['404 for the asset'].response;
		await runOperation(server.api, settings, items);
		const keys = new Set(server.api.sent.map(({ headers }) => headers['x-api-key']));
		expect([...keys]).toEqual([CREDENTIAL.apiKey]);
	});
});
