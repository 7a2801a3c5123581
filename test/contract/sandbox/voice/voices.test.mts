import { readFileSync } from 'node:fs';

import { ASSETS, MISSING_ASSET_ID } from '../../../../sandbox/asset/fixtures.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { samplePath } from '../../../../sandbox/storage/sampleFiles.mts';
import { BUILT_IN_VOICES, CLONE, VOICES } from '../../../../sandbox/voice/fixtures.mts';
import type { Voice } from '../../../../sandbox/voice/types.mts';
import { ApiLab, type ApiResponse } from '../apiLab.mts';

const api = new ApiLab();

const GIB = 1024 ** 3;
const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };
const ALL = [...BUILT_IN_VOICES, CLONE];

const list = async (init?: RequestInit) => (await api.request<Voice[]>('/v2/voices', init)).body;

const get = async (id: string, init?: RequestInit) =>
	await api.request<Voice>(`/v2/voices/${id}?provider=elevenlabs`, init);

const clone = async (json: object = {}, init?: RequestInit): Promise<ApiResponse<Voice>> =>
	await api.request<Voice>('/v2/voices', {
		...init,
		json: { name: 'Narrator', provider: 'elevenlabs', ...json },
	});

const remove = async (id: string, init?: RequestInit) =>
	await api.request(`/v2/voices/${id}`, { ...init, method: 'DELETE' });

const error = (status: number, errorCode: string) => ({
	status,
	body: { statusCode: status, errorCode },
});

test('the list returns all voices, each with some of the optional fields', async () => {
	expect(await list()).toEqual(ALL);
});

test('the list has no clones of other members', async () => {
	expect(await list(asColleague)).toEqual(BUILT_IN_VOICES);
});

test.each(['id', 'voiceId', 'internalVoiceId'] as const)(
	'a voice can be found by its %s',
	async (name) => {
		expect(await get(CLONE[name] as string)).toMatchObject({ status: 200, body: CLONE });
	},
);

test.each([
	['that does not exist', 'Nobody00000000000001', {}],
	["that is another member's clone", VOICES.clone, asColleague],
])('a voice %s is not found', async (_what, id, init) => {
	expect(await get(id, init)).toMatchObject(error(404, 'voice_not_found'));
});

test('another provider violates the contract', async () => {
	expect((await api.request(`/v2/voices/${VOICES.sarah}?provider=other`)).status).toBe(400);
	expect(await api.takeViolations()).toHaveLength(1);
});

describe('cloning a voice', () => {
	test.each([
		['audio', ASSETS.voiceover],
		['a video', ASSETS.teaser],
	])('from an asset that is %s adds it to the list', async (_what, assetId) => {
		const { status, body } = await clone({ assetId });
		expect(status).toBe(201);
		expect(body).toEqual({
			id: expect.any(String) as string,
			internalVoiceId: expect.any(String) as string,
			voiceId: expect.any(String) as string,
			name: 'Narrator',
			provider: 'elevenlabs',
			previewUrl: null,
		});
		expect((await list()).at(-1)).toEqual(body);
	});

	test('from an uploaded file adds it to the list', async () => {
		const url = await api.upload('a.mp4', new Uint8Array(readFileSync(samplePath('mp4'))));
		const { status, body } = await clone({ url });
		expect(status).toBe(201);
		expect(await list()).toHaveLength(5);
		expect((await get(body.id as string)).body).toEqual(body);
	});

	test.each([
		['outside of the storage', 'https://example.com/a.mp3', 'voice_sample_upload_required'],
		['without an upload', '/storage/uploads/x/a.mp3', 'voice_sample_not_accessible'],
	])('from a URL %s fails', async (_what, path, errorCode) => {
		const url = new URL(path, api.url).href;
		expect(await clone({ url })).toMatchObject(error(422, errorCode));
	});

	test.each([
		['that does not exist', MISSING_ASSET_ID, 'voice_sample_not_accessible'],
		['that is an image', ASSETS.image, 'voice_sample_type_unsupported'],
	])('from an asset %s fails', async (_what, assetId, errorCode) => {
		expect(await clone({ assetId })).toMatchObject(error(422, errorCode));
		expect(await list()).toHaveLength(4);
	});

	test('from a file that is not media fails', async () => {
		const url = await api.upload('a.mp4', new TextEncoder().encode('not media'));
		expect(await clone({ url })).toMatchObject(error(422, 'voice_sample_invalid'));
	});

	test('from a recording that is too short fails', async () => {
		await api.control.configure({ voiceSampleMinSeconds: 43 });
		const response = await clone({ assetId: ASSETS.voiceover });
		expect(response).toMatchObject(error(422, 'voice_sample_too_short'));
		expect((await clone({ assetId: ASSETS.interview })).status).toBe(201);
	});

	test('from a video of more than 1 GiB fails', async () => {
		const file = { type: 'VIDEO', name: 'a.mp4' } as const;
		const { id: large } = await api.control.addAssetWithFile({ ...file, size: GIB + 1 });
		const { id: small } = await api.control.addAssetWithFile({ ...file, size: GIB });
		const response = await clone({ assetId: large });
		expect(response).toMatchObject(error(413, 'voice_sample_source_too_large'));
		expect((await clone({ assetId: small })).status).toBe(201);
	});

	test('with the name of another clone is a conflict', async () => {
		const response = await clone({ name: 'Anna', assetId: ASSETS.voiceover });
		expect(response).toMatchObject(error(409, 'voice_name_conflict'));
	});

	test('fails at the limit of the plan', async () => {
		await api.control.configure({ voiceCloneLimit: 2 });
		expect((await clone({ assetId: ASSETS.voiceover })).status).toBe(201);
		const response = await clone({ name: 'Another', assetId: ASSETS.voiceover });
		expect(response).toMatchObject(error(403, 'voice_clone_limit_reached'));
	});

	test.each([
		['no source', {}, 'give either url or assetId'],
		[
			'two sources',
			{ assetId: ASSETS.voiceover, url: 'https://example.com/a.mp3' },
			'give either url or assetId',
		],
		['an empty name', { assetId: ASSETS.voiceover, name: ' ' }, 'name should not be empty'],
	])('rejects %s as a violation', async (_what, json, message) => {
		expect(await clone(json)).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test('has its own rate limit: 10 per hour', async () => {
		await api.control.configure({ requestsPerMinute: 0 });
		const responses: Array<ApiResponse<Voice>> = [];
		while (responses.length < 11) responses.push(await clone({ assetId: MISSING_ASSET_ID }));
		const statuses = responses.map(({ status }) => status);
		expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
		const wait = Number(responses[10].headers.get('retry-after'));
		expect(wait).toBeGreaterThan(3500);
		expect(wait).toBeLessThanOrEqual(3600);
	});
});

test('deleting a clone removes it from the list', async () => {
	expect(await remove(VOICES.clone)).toMatchObject({ status: 200, body: true });
	expect(await list()).toEqual(BUILT_IN_VOICES);
	expect(await remove(VOICES.clone)).toMatchObject(error(404, 'voice_not_found'));
});

test.each([
	['a built-in voice', VOICES.sarah, {}],
	["another member's clone", VOICES.clone, asColleague],
])("%s can't be deleted", async (_what, id, init) => {
	expect(await remove(id, init)).toMatchObject(error(404, 'voice_not_found'));
	expect(await list()).toEqual(ALL);
});
