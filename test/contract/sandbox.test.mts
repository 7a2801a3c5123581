import { once } from 'node:events';
import { connect } from 'node:net';

import type { components } from '../../nodes/shared/api.ts';
import { SandboxClient } from '../../sandbox/client.mts';
import { readContract } from '../../sandbox/contract.mts';
import {
	assetIdAt,
	ASSETS,
	LIBRARY,
	MISSING_ASSET_ID,
	PROJECT_ID,
	type Asset,
} from '../../sandbox/library.mts';
import { RequestRecord } from '../../sandbox/record.mts';
import { buildSandbox, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { REPLIES } from '../unit/answers.mts';

type Page = components['schemas']['PaginatedAssets'];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => {
	await sandbox.close();
});

afterEach(async () => {
	const { violations } = await sandbox.control.totals();
	await sandbox.control.reset();
	expect(violations).toEqual([]);
});

interface Answer<Body> {
	status: number;
	headers: Headers;
	body: Body;
}

async function ask<Body = unknown>(path: string, init: RequestInit = {}): Promise<Answer<Body>> {
	const response = await fetch(`${sandbox.url}${path}`, {
		...init,
		headers: { 'x-api-key': sandbox.apiKey, ...(init.headers as Record<string, string>) },
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	const body = (isJson ? JSON.parse(text) : text) as Body;
	return { status: response.status, headers: response.headers, body };
}

const askFor = async <Body = Asset[],>(ids: unknown): Promise<Answer<Body>> =>
	await ask<Body>('/v2/assets/batch', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ ids }),
	});

const idsOf = (assets: Asset[]): string[] => assets.map(({ id }) => id);

/** What a request was noted for; forgets it, because it was provoked. */
async function provoked(): Promise<string[]> {
	const { violations } = await sandbox.control.totals();
	await sandbox.control.reset();
	return violations;
}

/** The code of the error that a request without an answer ends with. */
const brokenBy = async (request: Promise<unknown>): Promise<unknown> =>
	await request.then(
		() => 'answered',
		(error: Error) => (error.cause as { code?: string } | undefined)?.code ?? error.name,
	);

describe('the list of assets', () => {
	test('has ten of them, the newest first, when nothing else is asked for', async () => {
		const { body } = await ask<Page>('/v2/assets');
		expect(idsOf(body.items)).toEqual(idsOf(LIBRARY).reverse().slice(0, 10));
		expect(body).toMatchObject({
			nextCursor: expect.any(String) as string,
			totalCount: LIBRARY.length,
		});
	});

	test('has every asset once over all its pages', async () => {
		const found: string[] = [];
		let cursor: string | null | undefined = '';
		do {
			const more: string = cursor ? `&cursor=${cursor}` : '';
			const { body }: Answer<Page> = await ask<Page>(`/v2/assets?limit=5${more}`);
			found.push(...idsOf(body.items));
			cursor = body.nextCursor;
		} while (cursor);
		expect(found).toEqual(idsOf(LIBRARY).reverse());
	});

	test.each([
		['name', 'name'],
		['date', 'createdAt'],
		['duration', 'durationSeconds'],
		['size', 'size'],
		['kind', 'type'],
	])('is sorted by %s, both ways, with what has none at the end', async (order, field) => {
		const valuesBy = async (sortBy: string): Promise<unknown[]> =>
			(await ask<Page>(`/v2/assets?limit=100&sortBy=${sortBy}`)).body.items.map(
				(asset) => asset[field] ?? null,
			);
		const values = LIBRARY.map((asset) => asset[field]).filter((value) => value != null);
		const rising = values.sort((a, b) => ((a as number) < (b as number) ? -1 : 1));
		const none = Array<null>(LIBRARY.length - rising.length).fill(null);
		expect(await valuesBy(`${order}Asc`)).toEqual([...rising, ...none]);
		expect(await valuesBy(`${order}Desc`)).toEqual([...rising.reverse(), ...none]);
	});

	test('is searched by name, in capitals or not', async () => {
		const { body } = await ask<Page>('/v2/assets?searchQuery=VOICEover');
		expect(idsOf(body.items)).toEqual([ASSETS.voiceover]);
	});

	test.each([
		['separated by commas', 'types=AUDIO,IMAGE'],
		['repeated', 'types=AUDIO&types=IMAGE'],
		['as JSON text', `types=${encodeURIComponent('["AUDIO","IMAGE"]')}`],
	])('takes types %s', async (_how, query) => {
		const { body } = await ask<Page>(`/v2/assets?limit=100&${query}`);
		const wanted = LIBRARY.filter(({ type }) => type !== 'VIDEO');
		expect(idsOf(body.items).sort()).toEqual(idsOf(wanted));
	});

	test('is limited to a project', async () => {
		const { body } = await ask<Page>(`/v2/assets?projectId=${PROJECT_ID}`);
		expect(idsOf(body.items)).toEqual([ASSETS.inProject]);
	});

	test('is counted with the same filters, as a bare number', async () => {
		const { body } = await ask('/v2/assets/count?types=AUDIO,IMAGE&searchQuery=voice');
		expect(body).toBe(1);
	});
});

describe('one asset', () => {
	test('is answered as the library has it, with fields that are null, missing or new', async () => {
		for (const asset of LIBRARY) {
			const { status, body } = await ask(`/v2/assets/${asset.id}`);
			expect({ status, body }).toEqual({ status: 200, body: asset });
		}
	});

	test('is found by its ID in capitals', async () => {
		const { body } = await ask<Asset>(`/v2/assets/${ASSETS.interview.toUpperCase()}`);
		expect(body.id).toBe(ASSETS.interview);
	});

	test('that is not there is a 404 of its own', async () => {
		const { status, body } = await ask(`/v2/assets/${MISSING_ASSET_ID}`);
		expect({ status, body }).toEqual(REPLIES.notFound);
	});

	test.each([
		[400, 'invalid_asset_id_format'],
		[422, 'invalid_asset_id_format'],
		[404, 'asset_not_found'],
	] as const)('asked for by no UUID is a %d when set so', async (badIdStatus, errorCode) => {
		await sandbox.control.configure({ badIdStatus });
		const { status, body } = await ask('/v2/assets/speaker');
		expect(status).toBe(badIdStatus);
		expect(body).toMatchObject({ statusCode: badIdStatus, errorCode });
	});

	test.each(['a%2Fb', '%2E%2E%2Fcount', '%E0%A4%A', '%', 'x'.repeat(1000)])(
		'is what “%.20s” asks for, however odd the ID',
		async (id) => {
			const { status, body } = await ask(`/v2/assets/${id}`);
			expect(status).toBe(400);
			expect(body).toMatchObject({ errorCode: 'invalid_asset_id_format' });
			expect(await sandbox.control.totals()).toMatchObject({ byOperation: { getAsset: 1 } });
		},
	);
});

describe('several assets at once', () => {
	test('come in the order of the service, each once, without those that are not there', async () => {
		const { interview, voiceover, image } = ASSETS;
		const { body } = await askFor([interview, MISSING_ASSET_ID, image, voiceover, interview]);
		expect(idsOf(body)).toEqual([image, voiceover, interview]);
	});

	test('may be a single ID', async () => {
		expect(idsOf((await askFor(ASSETS.image)).body)).toEqual([ASSETS.image]);
	});

	test('may be a hundred', async () => {
		await sandbox.control.seed(100);
		const ids = Array.from({ length: 100 }, (_, index) => assetIdAt(index));
		expect(idsOf((await askFor(ids)).body)).toEqual(ids.reverse());
	});

	test.each([
		['no ID', [], ['ids must contain at least 1 elements']],
		['101 IDs', Array(101).fill('x'), ['ids must contain no more than 100 elements']],
		[
			'IDs that are no UUIDs',
			['x', ASSETS.image, 'y'],
			expect.arrayContaining(['ids.2 must be a UUID']) as string[],
		],
	])('are refused for %s, and that is noted', async (_what, ids, message: unknown) => {
		const { status, body } = await askFor<object>(ids);
		expect({ status, body }).toEqual({
			status: 400,
			body: { ...REPLIES.invalidId.body, message },
		});
		expect(await provoked()).toHaveLength(1);
	});

	test.each([403, 404, 405, 501] as const)('are refused with %d when set so', async (batch) => {
		await sandbox.control.configure({ batch });
		const { status, body } = await askFor<object>([ASSETS.image]);
		expect(status).toBe(batch);
		expect(body).toMatchObject({ statusCode: batch });
	});
});

test('the models are those of the API reference', async () => {
	const { body } = await ask<Array<{ id: string }>>('/v2/models');
	expect(body.map(({ id }) => id)).toEqual([
		'sync-3',
		'lipsync-2',
		'lipsync-2-pro',
		'lipsync-1.9.0-beta',
		'react-1',
	]);
});

describe('what is refused', () => {
	test('a wrong key gets the answer of the real API', async () => {
		const { status, body } = await ask('/v2/models', { headers: { 'x-api-key': 'wrong' } });
		expect({ status, body }).toEqual(REPLIES.keyInvalid);
	});

	test('a missing key gets the answer of the real API', async () => {
		const response = await fetch(`${sandbox.url}/v2/models`);
		const body: unknown = await response.json();
		expect({ status: response.status, body }).toEqual(REPLIES.keyMissing);
	});

	test.each(['/v2/asset', '/api/v2/assets/x?y=1', '/v2/generate/x'])(
		'%s is no address that is known',
		async (path) => {
			const { status, body } = await ask(path);
			expect({ status, body }).toEqual({
				status: 404,
				body: { ...REPLIES.wrongAddress.body, message: `Cannot GET ${path}` },
			});
		},
	);

	test.each([
		['limit=0', 'limit must be >= 1'],
		['limit=many', 'limit must be integer'],
		['types=VIDEO,TEXT', 'types.1 must be equal to one of the allowed values'],
		['types=[', 'types.0 must be equal to one of the allowed values'],
		['sortBy=colour', 'sortBy must be equal to one of the allowed values'],
		['cursor=x', 'cursor is not valid'],
		['search=x', 'property search should not exist'],
	])('a list with %s breaks the contract, and that is noted', async (query, fault) => {
		const { status, body } = await ask(`/v2/assets?${query}`);
		expect({ status, body }).toEqual({
			status: 400,
			body: { ...REPLIES.invalidId.body, message: [fault] },
		});
		expect(await provoked()).toEqual([`GET /v2/assets?${query}: ${fault}`]);
	});

	test('a body that is no JSON is noted', async () => {
		const headers = { 'content-type': 'application/json' };
		const { status } = await ask('/v2/assets/batch', { method: 'POST', headers, body: '{' });
		expect(status).toBe(400);
		expect(await provoked()).toHaveLength(1);
	});

	test('a body of more than a megabyte is too large', async () => {
		const { status } = await askFor('x'.repeat(2 ** 20));
		expect(status).toBe(413);
	});
});

test('an answer that breaks the contract is noted, and is a fault of the server', async () => {
	const wrong = { ...LIBRARY[0], size: 'huge' } as unknown as Asset;
	const app = await buildSandbox({ getAsset: () => wrong }, 'key');
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	const headers = { 'x-api-key': 'key' };
	const answer = await fetch(`${url}/v2/assets/${ASSETS.image}`, { headers });
	const body: unknown = await answer.json();
	const { violations } = await new SandboxClient(url).totals();
	await app.close();
	expect({ status: answer.status, body }).toEqual({
		status: 500,
		body: { ...REPLIES.internalError.body, requestId: expect.any(String) as string },
	});
	expect(violations).toEqual([expect.stringContaining('size must be integer')]);
});

describe('the rate limit', () => {
	const statuses = async (count: number): Promise<number[]> => {
		const found: number[] = [];
		while (found.length < count) found.push((await ask('/v2/models')).status);
		return found;
	};

	test('is 600 requests a minute when nothing else is set', async () => {
		expect((await statuses(601)).lastIndexOf(200)).toBe(599);
	});

	test('refuses what is over it, and says how long to wait', async () => {
		await sandbox.control.configure({ requestsPerMinute: 1 });
		await ask('/v2/models');
		const { status, headers, body } = await ask('/v2/models');
		expect({ status, body }).toEqual(REPLIES.rateLimited);
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
		expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
	});

	test('does not say how long to wait when set so', async () => {
		await sandbox.control.configure({ requestsPerMinute: 0, retryAfter: false });
		expect((await ask('/v2/models')).headers.get('retry-after')).toBeNull();
	});

	test('is lifted by null, at once', async () => {
		await sandbox.control.configure({ requestsPerMinute: 1 });
		expect(await statuses(2)).toEqual([200, 429]);
		await sandbox.control.configure({ requestsPerMinute: null });
		expect(await statuses(2)).toEqual([200, 200]);
	});
});

test('latency delays every answer of the API, and none of the control', async () => {
	await sandbox.control.configure({ latencyMs: 80 });
	const start = Date.now();
	await ask('/v2/models');
	await ask('/v2/models', { headers: { 'x-api-key': 'wrong' } });
	await ask('/v2/unknown');
	// A timer may end a millisecond early.
	expect(Date.now() - start).toBeGreaterThanOrEqual(3 * 79);
});

describe('a fault', () => {
	test('answers with JSON for an object', async () => {
		const headers = { 'retry-after': '7' };
		await sandbox.control.addFault({
			kind: 'status',
			status: 503,
			body: { message: 'x' },
			headers,
		});
		const answer = await ask('/v2/models');
		expect(answer).toMatchObject({ status: 503, body: { message: 'x' } });
		expect(answer.headers.get('retry-after')).toBe('7');
	});

	test('answers with text as it is', async () => {
		const { status, body, headers } = REPLIES.badGateway;
		await sandbox.control.addFault({ kind: 'status', status, body, headers });
		const answer = await ask('/v2/models');
		expect(answer).toMatchObject({ status, body });
		expect(answer.headers.get('content-type')).toBe('text/html');
	});

	test('breaks the connection before an answer', async () => {
		await sandbox.control.addFault({ kind: 'reset' });
		expect(await brokenBy(ask('/v2/models'))).toBe('ECONNRESET');
		expect(await sandbox.control.totals()).toMatchObject({ byStatus: { none: 1 } });
	});

	test('breaks the connection in the middle of the answer', async () => {
		await sandbox.control.addFault({ kind: 'cut', body: 'abcdef' });
		const response = await fetch(`${sandbox.url}/v2/models`);
		expect(response.headers.get('content-length')).toBe('6');
		expect(await brokenBy(response.text())).not.toBe('answered');
	});

	test('leaves a request without an answer', async () => {
		await sandbox.control.addFault({ kind: 'hang' });
		const leaving = new AbortController();
		const request = brokenBy(ask('/v2/models', { signal: leaving.signal }));
		await sandbox.control.waitForRequests(1);
		expect((await sandbox.control.requests())[0].status).toBeNull();
		leaving.abort();
		expect(await request).toBe('AbortError');
	});

	test('befalls only so many requests, after as many as are let through', async () => {
		await sandbox.control.addFault({ kind: 'status', status: 502, skip: 1, times: 2 });
		const statuses: number[] = [];
		while (statuses.length < 4) statuses.push((await ask('/v2/models')).status);
		expect(statuses).toEqual([200, 502, 502, 200]);
	});

	test.each([
		{ method: 'POST' },
		{ operationId: 'getAssetsByIds' },
		{ pathContains: '/batch' },
		{ bodyContains: ASSETS.teaser },
	])('befalls only what matches %j', async (match) => {
		await sandbox.control.addFault({ kind: 'status', status: 502, match });
		expect((await ask(`/v2/assets/${ASSETS.teaser}`)).status).toBe(200);
		expect((await askFor([ASSETS.teaser])).status).toBe(502);
	});

	test('comes late when it has a delay', async () => {
		await sandbox.control.addFault({ kind: 'status', status: 502, delayMs: 80 });
		const start = Date.now();
		await ask('/v2/models');
		expect(Date.now() - start).toBeGreaterThanOrEqual(79);
	});

	test('ends when faults are cleared', async () => {
		await sandbox.control.addFault({ kind: 'hang' });
		await sandbox.control.clearFaults();
		expect((await ask('/v2/models')).status).toBe(200);
	});
});

describe('the record', () => {
	test('has requests as they were sent', async () => {
		await ask('/v2/assets?searchQuery=a%20b', { headers: { 'x-test': 'yes' } });
		await askFor([ASSETS.image]);
		const [list, batch] = await sandbox.control.requests();
		expect(list).toMatchObject({
			at: expect.any(Number) as number,
			method: 'GET',
			path: '/v2/assets?searchQuery=a%20b',
			headers: { 'x-test': 'yes' },
			body: null,
			status: 200,
			operationId: 'listAssets',
		});
		expect(batch).toMatchObject({ method: 'POST', body: { ids: [ASSETS.image] } });
	});

	test('counts by operation and by status', async () => {
		await ask('/v2/models');
		await ask(`/v2/assets/${MISSING_ASSET_ID}`);
		await ask('/v2/unknown');
		expect(await sandbox.control.totals()).toMatchObject({
			count: 3,
			byOperation: { listModels: 1, getAsset: 1, unknown: 1 },
			byStatus: { 200: 1, 404: 2 },
		});
	});

	test('knows how many requests were in flight at once', async () => {
		await sandbox.control.configure({ latencyMs: 80 });
		await Promise.all([ask('/v2/models'), ask('/v2/models'), ask('/v2/models')]);
		await ask('/v2/models');
		expect((await sandbox.control.totals()).peakInFlight).toBe(3);
	});

	test('keeps the last 5,000 requests, and counts them all', () => {
		const record = new RequestRecord();
		const request = { at: 0, method: 'GET', path: '/', headers: {}, body: null };
		for (let number = 0; number < 12_345; number++) {
			record.begin({ ...request, at: number, status: null, operationId: null })(200);
		}
		expect(record.requests.map(({ at }) => at)).toEqual(
			Array.from({ length: 5000 }, (_, index) => 7345 + index),
		);
		expect(record.totals).toMatchObject({ count: 12_345, byStatus: { 200: 12_345 } });
	});
});

test('seeding adds assets to those that are there, again and again', async () => {
	await sandbox.control.seed(3);
	await sandbox.control.seed(2);
	expect((await ask('/v2/assets/count')).body).toBe(LIBRARY.length + 5);
	expect((await ask(`/v2/assets/${assetIdAt(4)}`)).status).toBe(200);
});

test('a reset makes everything as it was at the start', async () => {
	await sandbox.control.seed(1);
	await sandbox.control.configure({ badIdStatus: 422, requestsPerMinute: 0 });
	await sandbox.control.addFault({ kind: 'hang' });
	await sandbox.control.reset();
	expect((await sandbox.control.totals()).count).toBe(0);
	expect((await ask('/v2/assets/x')).status).toBe(400);
	expect((await ask('/v2/assets/count')).body).toBe(LIBRARY.length);
});

test('the IDs of the library and of seeded assets are UUIDs of version 4, each another', () => {
	const seeded = Array.from({ length: 2000 }, (_, index) => assetIdAt(index));
	const ids = [...idsOf(LIBRARY), MISSING_ASSET_ID, ...seeded];
	const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
	expect(ids.filter((id) => !form.test(id))).toEqual([]);
	expect(new Set(ids).size).toBe(ids.length);
});

test('a port that is in use is said', async () => {
	const port = Number(new URL(sandbox.url).port);
	await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closing ends connections that are waiting and requests that hang', async () => {
	const closing = await startSandbox({ latencyMs: 60_000 });
	const waiting = connect(Number(new URL(closing.url).port), '127.0.0.1');
	await once(waiting, 'connect');
	const ended = once(waiting, 'close');
	const hanging = brokenBy(fetch(`${closing.url}/v2/models`));
	await closing.control.waitForRequests(1);
	await closing.close();
	await ended;
	expect(await hanging).not.toBe('answered');
});

test('the examples of the contract fit their schemas', () => {
	const contract = readContract();
	const examples = contract.examples.filter(({ operation }) => /Asset|listModels/.test(operation));
	expect(examples.length).toBeGreaterThan(20);
	expect(
		examples.flatMap(({ operation, part, value }) =>
			contract.misfits(operation, part, value).map((fault) => `${operation} ${part}: ${fault}`),
		),
	).toEqual([]);
});
