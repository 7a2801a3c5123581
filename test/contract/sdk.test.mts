import { Sync, SyncClient } from '@sync.so/sdk';

import { ASSETS, LIBRARY, MISSING_ASSET_ID } from '../../sandbox/library.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

let sandbox: Sandbox;
let client: SyncClient;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = new SyncClient({ apiKey: sandbox.apiKey, baseUrl: sandbox.url });
});

afterAll(async () => {
	const { violations } = await sandbox.control.totals();
	await sandbox.close();
	expect(violations).toEqual([]);
});

test('the official client lists assets page by page', async () => {
	const first = await client.assets.list({ limit: 7, sortBy: 'dateAsc' });
	const cursor = first.nextCursor ?? undefined;
	const second = await client.assets.list({ limit: 7, sortBy: 'dateAsc', cursor });
	expect([...first.items, ...second.items]).toEqual(LIBRARY);
	expect(second.nextCursor ?? null).toBeNull();
});

test('the official client lists assets of some types', async () => {
	const { items } = await client.assets.list({ types: ['AUDIO', 'IMAGE'], limit: 100 });
	expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['AUDIO', 'IMAGE']));
});

test('the official client searches assets', async () => {
	const { items } = await client.assets.list({ searchQuery: 'interview' });
	expect(items.map(({ id }) => id)).toEqual([ASSETS.interview]);
});

test('the official client gets an asset', async () => {
	expect(await client.assets.get(ASSETS.interview)).toEqual(LIBRARY[0]);
});

test('the official client sees that an asset is missing', async () => {
	await expect(client.assets.get(MISSING_ASSET_ID)).rejects.toThrow(Sync.NotFoundError);
});

test('the official client sees that the key is wrong', async () => {
	const stranger = new SyncClient({ apiKey: 'wrong', baseUrl: sandbox.url });
	await expect(stranger.assets.list()).rejects.toThrow(Sync.UnauthorizedError);
});
