import { AssetLookup } from '../../nodes/SyncAsset/asset/lookup.ts';
import { createAssetServer, findAssets, summarizeRequests } from './assetServer.mts';
import { buildAssetWithId, uuid, uuids } from './assets.mts';
import { createSender, FakeServer, wrapConnectionError } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

const A = uuid(1);
const B = uuid(2);
const C = uuid(3);
const D = uuid(4);
const BATCH_THEN_EACH = ['POST 2', `GET ${A}`, `GET ${B}`];

const status = (code: number): HttpResponse => ({ status: code, body: '' });

let lookup: AssetLookup;

beforeEach(() => {
	jest.useFakeTimers();
	lookup = new AssetLookup(createSender({ maxRetries: 0 }), true);
});
afterEach(() => jest.useRealTimers());

describe('IDs that combined requests leave out', () => {
	const many = uuids(250);
	const missing = many.filter((_id, index) => index % 5 === 0);
	const listIndividual = (server: FakeServer) =>
		summarizeRequests(server).filter((sent) => sent.startsWith('GET'));

	test('are requested individually if there are few, each once', async () => {
		const server = createAssetServer([B]);
		const [, first, second] = await findAssets(lookup, server, [A, B, B]);
		const hint = RESPONSES.notFound.body.suggestion;
		expect(first).toMatchObject({ kind: 'missing', failure: { statusCode: 404, hint } });
		expect(second).toEqual(first);
		expect(summarizeRequests(server)).toEqual(['POST 2', `GET ${B}`]);
	});

	test('are all reported as missing if ten of them are', async () => {
		const server = createAssetServer(missing);
		const found = await findAssets(lookup, server, many);
		expect(listIndividual(server)).toHaveLength(10);
		expect(found.map(({ kind }) => kind)).toEqual(
			many.map((id) => (missing.includes(id) ? 'missing' : 'asset')),
		);
		expect(found[245]).toMatchObject({ failure: { message: 'Asset not found' } });
	});

	test('are all requested individually if one of the ten is not missing', async () => {
		const server = createAssetServer(missing);
		const hidden = new FakeServer(async (request, count) =>
			request.url.endsWith(missing[3]) ? RESPONSES.forbidden : await server.respond(request, count),
		);
		const found = await findAssets(lookup, hidden, many);
		expect(listIndividual(hidden)).toHaveLength(missing.length);
		expect(found[15]).toMatchObject({ kind: 'failed', failure: { statusCode: 403 } });
		expect(found[245]).toMatchObject({ kind: 'missing' });
	});
});

test.each([
	['400', RESPONSES.invalidId],
	['422', RESPONSES.unprocessable],
	['418', RESPONSES.teapot],
	['an object', { status: 200, body: { items: [buildAssetWithId(A), buildAssetWithId(B)] } }],
	['text', { status: 200, body: '<html>Welcome</html>' }],
	['a list with null', { status: 200, body: [buildAssetWithId(A), null] }],
	[
		'a list with an asset that has no ID',
		{ status: 200, body: [buildAssetWithId(A), { name: 'x' }] },
	],
])(
	'after a combined request gets %s, every ID is requested individually',
	async (_what, response) => {
		const server = createAssetServer([], () => response);
		expect(await findAssets(lookup, server, [A, B])).toMatchObject([
			{ kind: 'asset', asset: { id: A } },
			{ kind: 'asset', asset: { id: B } },
		]);
		expect(summarizeRequests(server)).toEqual(BATCH_THEN_EACH);
	},
);

test('lookups are still combined after one combined request is rejected', async () => {
	const server = createAssetServer([], () => RESPONSES.invalidId);
	await findAssets(lookup, server, [A, B]);
	await findAssets(lookup, server, [C, D]);
	expect(summarizeRequests(server).filter((sent) => sent.startsWith('POST'))).toHaveLength(2);
});

test.each([
	['403', RESPONSES.forbidden],
	['404', status(404)],
	['405', status(405)],
	['501', status(501)],
])('after %s for a combined request, the run sends no more of them', async (_what, response) => {
	const server = createAssetServer([], () => response);
	await findAssets(lookup, server, [A, B]);
	expect(await findAssets(lookup, server, [C, D])).toMatchObject([
		{ kind: 'asset' },
		{ kind: 'asset' },
	]);
	expect(summarizeRequests(server)).toEqual([...BATCH_THEN_EACH, `GET ${C}`, `GET ${D}`]);
});

test('combined requests that are not sent yet are canceled after one is forbidden', async () => {
	const ids = uuids(1000);
	const server = createAssetServer([], () => RESPONSES.forbidden);
	await findAssets(lookup, server, ids);
	expect(summarizeRequests(server).filter((sent) => sent.startsWith('POST'))).toHaveLength(8);
});

test.each([
	['a redirect', RESPONSES.moved, 301],
	['401', RESPONSES.keyInvalid, 401],
	['402', status(402), 402],
	['408', status(408), 408],
	['429', RESPONSES.rateLimited, 429],
	['500', RESPONSES.internalError, 500],
	['502', RESPONSES.badGateway, 502],
	['503', RESPONSES.unavailable, 503],
	['no connection', wrapConnectionError('ECONNREFUSED'), 0],
	['no response in time', wrapConnectionError('ETIMEDOUT'), 0],
])(
	'after %s for a combined request, all items fail and nothing more is sent',
	async (_what, response, statusCode) => {
		const server = createAssetServer([], () => response);
		const failed = { kind: 'failed', failure: { statusCode } };
		expect(await findAssets(lookup, server, [A, B])).toMatchObject([failed, failed]);
		expect(summarizeRequests(server)).toEqual(['POST 2']);
	},
);

test('a combined request is retried after a temporary error, because it only reads', async () => {
	const responses = [
		RESPONSES.badGateway,
		{ status: 200, body: [buildAssetWithId(A), buildAssetWithId(B)] },
	];
	const server = createAssetServer([], () => responses.shift() ?? RESPONSES.internalError);
	await findAssets(new AssetLookup(createSender({ maxRetries: 1 }), true), server, [A, B]);
	expect(summarizeRequests(server)).toEqual(['POST 2', 'POST 2']);
});

describe('an individual request', () => {
	const find = async (response: HttpResponse) =>
		(await findAssets(lookup, new FakeServer(() => response), ['a1']))[0];

	test.each([
		["the API's 404 for the asset", RESPONSES.notFound, 'missing'],
		[
			'a 404 from the API without an error code',
			{ status: 404, body: { message: 'No' } },
			'missing',
		],
		[
			"the API's 404 for another resource",
			{ status: 404, body: { message: 'No', errorCode: 'project_not_found' } },
			'failed',
		],
		['a 404 for a wrong URL', RESPONSES.wrongAddress, 'failed'],
		['a 404 from another server', RESPONSES.htmlNotFound, 'failed'],
		['a 403', RESPONSES.forbidden, 'failed'],
	])('%s: %s', async (_what, response, kind) => {
		expect(await find(response)).toMatchObject({ kind, failure: { statusCode: response.status } });
	});

	test.each([
		['a page', '<html>Welcome</html>', "Check the 'Base URL' in the Sync API credential"],
		[
			'nothing',
			'',
			"Check the 'Base URL' in the Sync API credential, or run the workflow again in a minute",
		],
		[
			'a list',
			[],
			"Check the 'Base URL' in the Sync API credential, or run the workflow again in a minute",
		],
	])('fails when a 200 has %s instead of an asset', async (_what, body, hint) => {
		const message = 'The response from sync.so is not an asset';
		expect(await find({ status: 200, body })).toMatchObject({
			kind: 'failed',
			failure: { message, statusCode: 200, hint },
		});
	});
});
