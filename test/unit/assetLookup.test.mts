import { AssetLookup } from '../../nodes/SyncAsset/asset/lookup.ts';
import {
	buildBatchResponse,
	createAssetServer,
	findAssets,
	readIds,
	startLookups,
	summarizeRequests,
} from './assetServer.mts';
import { buildAssetWithId, uuid, uuids } from './assets.mts';
import { createSender, resolveAfter } from './fakeServer.mts';

const A = uuid(1);
const B = uuid(2);
const C = uuid(3);

let lookup: AssetLookup;

beforeEach(() => {
	jest.useFakeTimers();
	lookup = new AssetLookup(createSender(), true);
});
afterEach(() => jest.useRealTimers());

describe('lookups of one run', () => {
	test('share one request', async () => {
		const server = createAssetServer();
		await findAssets(lookup, server, [A, B, C]);
		expect(server.requests).toMatchObject([
			{ method: 'POST', url: '/v2/assets/batch', body: { ids: [A, B, C] } },
		]);
	});

	test('get their own assets', async () => {
		const found = await findAssets(lookup, createAssetServer(), [A, B]);
		expect(found).toEqual([A, B].map((id) => ({ kind: 'asset', asset: buildAssetWithId(id) })));
	});

	test('get their own assets whatever the order of the response', async () => {
		const server = createAssetServer([], (ids) => buildBatchResponse(ids.toReversed()));
		expect(await findAssets(lookup, server, [A, B, C])).toMatchObject(
			[A, B, C].map((id) => ({ asset: { id } })),
		);
	});

	test.each([
		[2, ['POST 2']],
		[100, ['POST 100']],
		[101, ['POST 100', 'POST 1']],
		[250, ['POST 100', 'POST 100', 'POST 50']],
	])('send up to 100 IDs in a request: %i IDs', async (count, sent) => {
		const server = createAssetServer();
		await findAssets(lookup, server, uuids(count));
		expect(summarizeRequests(server)).toEqual(sent);
	});

	test('request every ID once across all requests', async () => {
		const server = createAssetServer();
		await findAssets(lookup, server, uuids(250));
		expect(server.requests.flatMap(readIds)).toEqual(uuids(250));
	});

	test('have at most eight combined requests in flight at the same time', async () => {
		const server = createAssetServer(
			[],
			async (ids) => await resolveAfter(50, buildBatchResponse(ids)),
		);
		await findAssets(lookup, server, uuids(1000));
		expect(server.mostInFlight).toBe(8);
	});

	test('request an ID that several items share only once', async () => {
		const server = createAssetServer();
		await findAssets(lookup, server, [A, B, A, A]);
		expect(server.requests.map(readIds)).toEqual([[A, B]]);
	});

	test('ignore the case of IDs', async () => {
		const server = createAssetServer([], (ids) =>
			buildBatchResponse(ids.map((id) => id.toLowerCase())),
		);
		expect(await findAssets(lookup, server, [A.toUpperCase(), B])).toMatchObject([
			{ kind: 'asset', asset: { id: A } },
			{ kind: 'asset', asset: { id: B } },
		]);
	});

	test('start a new round after the first is finished', async () => {
		const server = createAssetServer();
		await findAssets(lookup, server, [A, B]);
		await findAssets(lookup, server, [B, C]);
		expect(server.requests.map(readIds)).toEqual([
			[A, B],
			[B, C],
		]);
	});

	test('start a new round while the first is in flight', async () => {
		const server = createAssetServer(
			[],
			async (ids) => await resolveAfter(50, buildBatchResponse(ids)),
		);
		const first = startLookups(lookup, server, [A, B]);
		await jest.advanceTimersByTimeAsync(10);
		await findAssets(lookup, server, [B, C]);
		await first;
		expect(summarizeRequests(server)).toEqual(['POST 2', 'POST 2']);
	});
});

describe('a single request', () => {
	test('is sent for one ID', async () => {
		const server = createAssetServer();
		expect(await findAssets(lookup, server, [A])).toMatchObject([{ asset: { id: A } }]);
		expect(summarizeRequests(server)).toEqual([`GET ${A}`]);
	});

	test('is sent once for one ID that several items share', async () => {
		const server = createAssetServer();
		await findAssets(lookup, server, [A, A, A]);
		expect(summarizeRequests(server)).toEqual([`GET ${A}`]);
	});

	test('is sent for each ID that is not a UUID', async () => {
		const server = createAssetServer();
		await findAssets(lookup, server, ['clip/1', A, B, 'clip/2']);
		expect(summarizeRequests(server)).toEqual(['POST 2', 'GET clip/1', 'GET clip/2']);
	});

	test('has the ID as one path segment', async () => {
		const server = createAssetServer();
		await findAssets(lookup, server, ['../a b?c#d']);
		expect(server.requests[0].url).toBe('/v2/assets/..%2Fa%20b%3Fc%23d');
	});

	test('is sent for every item when Combine Lookups is off, even if IDs repeat', async () => {
		const server = createAssetServer();
		await findAssets(new AssetLookup(createSender(), false), server, [A, B, A]);
		expect(summarizeRequests(server)).toEqual([`GET ${A}`, `GET ${B}`, `GET ${A}`]);
	});
});
