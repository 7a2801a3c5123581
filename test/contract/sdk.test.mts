import { createReadStream } from 'node:fs';

import { Sync, SyncClient } from '@sync.so/sdk';

import { ASSETS, LIBRARY, MISSING_ASSET_ID } from '../../sandbox/asset/fixtures.mts';
import { samplePath } from '../../sandbox/storage/sampleFiles.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

let sandbox: Sandbox;
let client: SyncClient;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = new SyncClient({ apiKey: sandbox.apiKey, baseUrl: sandbox.url });
});

afterAll(async () => {
	const { violations } = await sandbox.control.getTotals();
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

test('the official client lists assets by type', async () => {
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

test('the official client reports a missing asset', async () => {
	await expect(client.assets.get(MISSING_ASSET_ID)).rejects.toThrow(Sync.NotFoundError);
});

test('the official client lists models', async () => {
	const models = await client.models.list();
	expect(models.map(({ id, type }) => `${id} ${type}`)).toContain('react-1 react');
});

test('the official client estimates the cost of a generation', async () => {
	const estimates = await client.generations.estimateCost({
		model: 'lipsync-2',
		input: [
			{ type: 'video', assetId: ASSETS.interview },
			{ type: 'audio', url: 'https://assets.sync.so/docs/example-audio.wav' },
		],
		options: { sync_mode: 'loop' },
	});
	expect(estimates).toEqual([{ estimatedFrameCount: 300, estimatedGenerationCost: 0.5 }]);
});

test('the official client reports an invalid key', async () => {
	const stranger = new SyncClient({ apiKey: 'wrong', baseUrl: sandbox.url });
	await expect(stranger.assets.list()).rejects.toThrow(Sync.UnauthorizedError);
});

const LIP_SYNC: Sync.CreateGenerationDto = {
	model: 'lipsync-2',
	input: [
		{ type: 'video', url: 'https://example.com/a.mp4' },
		{ type: 'audio', url: 'https://example.com/a.wav' },
	],
	options: { sync_mode: 'loop' },
};

test('the official client creates a generation, gets it, and finds it in the list', async () => {
	const { id, status } = await client.generations.create(LIP_SYNC);
	expect(status).toBe('PENDING');
	await sandbox.control.endGeneration(id);
	const done = await client.generations.get(id);
	expect(done).toMatchObject({ id, status: 'COMPLETED', options: LIP_SYNC.options });
	expect((await fetch(done.outputUrl as string)).status).toBe(200);
	const list = await client.generations.list({ status: ['COMPLETED'] });
	expect(list.map((generation) => generation.id)).toContain(id);
});

test('the official client creates a generation from files', async () => {
	const { input } = await client.generations.createWithFiles(
		createReadStream(samplePath('mp4')),
		createReadStream(samplePath('wav')),
		{ model: 'lipsync-2', options: LIP_SYNC.options },
	);
	expect(input.map(({ type }) => type)).toEqual(['video', 'audio']);
});

test('the official client shows why a generation failed', async () => {
	await sandbox.control.configure({ failureCodeField: 'error_code' });
	const errorCode = 'generation_input_face_not_detected';
	const { id } = await client.generations.create(LIP_SYNC);
	await sandbox.control.endGeneration(id, { status: 'FAILED', errorCode });
	expect(await client.generations.get(id)).toMatchObject({ error_code: errorCode });
});

test('the official client reports a missing generation', async () => {
	await expect(client.generations.get(MISSING_ASSET_ID)).rejects.toThrow(Sync.NotFoundError);
});

test('the official client checks a batch, creates it, gets it, and finds it in the list', async () => {
	const rows = Array.from({ length: 20 }, (_, index) => ({
		request_id: `row-${index + 1}`,
		endpoint: '/v2/generate',
		payload: LIP_SYNC,
	}));
	const file = new File([rows.map((row) => JSON.stringify(row)).join('\n')], 'rows.jsonl');
	expect(await client.batch.create(file, { dry_run: true })).toEqual({ status: 'VALIDATED' });
	const { id } = (await client.batch.create(file, {})) as Sync.BatchResponse;
	await sandbox.control.endBatch(id);
	const done = await client.batch.get(id);
	expect(done).toMatchObject({ id, status: 'COMPLETED', metrics: { success_count: 20 } });
	expect(await client.batch.list({ status: 'COMPLETED' })).toEqual([done]);
});
