import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import type { Generation } from '../../../../sandbox/generation/types.mts';
import { PROJECT_ID } from '../../../../sandbox/project/fixtures.mts';
import { readMediaInfo } from '../../../../sandbox/storage/mediaInfo.mts';
import { ApiLab, getIds, LIP_SYNC_REQUEST, URL_INPUT } from '../apiLab.mts';

const api = new ApiLab();

const MISSING_ID = '6e000000-0000-4000-8000-0000000000ff';
const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };
const notFound = { status: 404, body: { errorCode: 'generation_not_found' } };

beforeEach(async () => await api.control.configure({ pendingMs: null, concurrency: null }));

/** Creates generations one after the other. @returns their IDs, oldest first */
const create = async (count: number): Promise<string[]> => {
	const ids: string[] = [];
	while (ids.length < count) ids.push((await api.createGeneration()).body.id);
	return ids;
};

describe('creating a generation', () => {
	test('returns a pending generation with the fields of the request', async () => {
		const fields = {
			options: { sync_mode: 'cut_off' },
			projectId: PROJECT_ID,
			webhookUrl: 'https://hooks.example.com/sync',
		};
		const { status, body } = await api.createGeneration({ ...fields, outputFileName: 'Take 1' });
		const { id, createdAt, ...rest } = body;
		expect(status).toBe(201);
		expect(rest).toEqual({
			...LIP_SYNC_REQUEST,
			...fields,
			status: 'PENDING',
			segments: null,
			outputUrl: null,
			segmentOutputUrl: null,
			outputDuration: null,
			outputFileName: 'Take_1',
			synthesizedAudioUrl: null,
			error: null,
			errorCode: null,
		});
		expect(new Date(createdAt).toISOString()).toBe(createdAt);
		expect(await api.getGeneration(id)).toEqual(body);
	});

	test('has its own rate limit: 60 per minute', async () => {
		await api.control.configure({ requestsPerMinute: 0 });
		const statuses = await api.repeatRequest(61, '/v2/generate', { json: LIP_SYNC_REQUEST });
		expect(statuses.lastIndexOf(201)).toBe(59);
		expect(statuses[60]).toBe(429);
	});
});

describe('a generation', () => {
	test('can be read by every member of the organization, at both paths', async () => {
		const { body } = await api.createGeneration();
		for (const folder of ['generate', 'generations']) {
			expect((await api.request(`/v2/${folder}/${body.id}`, asColleague)).body).toEqual(body);
		}
	});

	test.each(['generate/ID', 'generations/ID', 'generations/ID/download', 'generate/ID/costs'])(
		'that does not exist fails with generation_not_found at %s',
		async (path) => {
			expect(await api.request(`/v2/${path.replace('ID', MISSING_ID)}`)).toMatchObject(notFound);
		},
	);

	test('that is completed has a video at a URL that expires', async () => {
		await api.control.configure({ downloadExpiresIn: 3600 });
		const { id, status, outputUrl, outputDuration } = await api.completeGeneration();
		expect(status).toBe('COMPLETED');
		const response = await fetch(outputUrl as string);
		expect(response.headers.get('content-type')).toBe('video/mp4');
		const folder = mkdtempSync(path.join(tmpdir(), 'output-'));
		const file = path.join(folder, 'output.mp4');
		writeFileSync(file, new Uint8Array(await response.arrayBuffer()));
		const info = { durationSeconds: outputDuration, width: 320, height: 180 };
		expect(await readMediaInfo(file)).toEqual(info);
		rmSync(folder, { recursive: true });
		await api.control.configure({ downloadExpiresIn: 0 });
		expect((await fetch((await api.getGeneration(id)).outputUrl as string)).status).toBe(403);
	});

	test('that is completed has a download URL as text', async () => {
		const { id } = await api.completeGeneration();
		const { status, headers, body } = await api.request<string>(`/v2/generations/${id}/download`);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toMatch('text/plain');
		expect((await fetch(body)).status).toBe(200);
	});

	test('has no download URL before it ends or if it failed', async () => {
		const { id } = (await api.createGeneration()).body;
		expect((await api.request(`/v2/generations/${id}/download`)).status).toBe(409);
		await api.control.endGeneration(id, { status: 'FAILED' });
		expect((await api.request(`/v2/generations/${id}/download`)).status).toBe(422);
	});

	test('can be deleted only after it has ended', async () => {
		const { id } = (await api.createGeneration()).body;
		const remove = async () => await api.request(`/v2/generations/${id}`, { method: 'DELETE' });
		const errorCode = 'generation_not_deletable_while_processing';
		expect(await remove()).toMatchObject({ status: 409, body: { errorCode } });
		await api.control.endGeneration(id);
		expect(await remove()).toMatchObject({ status: 200, body: { id, status: 'COMPLETED' } });
		expect(await remove()).toMatchObject(notFound);
	});

	test.each([
		['COMPLETED', { availability: 'complete', totalCostUsd: '0.1000', retryAfterSeconds: null }],
		['FAILED', { availability: 'complete', totalCostUsd: '0.0000', retryAfterSeconds: null }],
		['PENDING', { availability: 'pending', totalCostUsd: null, retryAfterSeconds: 5 }],
	] as const)('that is %s has its costs', async (status, costs) => {
		const { id } = (await api.createGeneration()).body;
		if (status !== 'PENDING') await api.control.endGeneration(id, { status });
		const { body } = await api.request(`/v2/generate/${id}/costs`);
		expect(body).toMatchObject({ generationId: id, generationStatus: status, ...costs });
	});
});

describe('listing generations', () => {
	const list = async (query: string): Promise<string[]> =>
		getIds((await api.request<Generation[]>(`/v2/generations?${query}`)).body);

	test('returns the newest first with a limit, page by page', async () => {
		const newest = (await create(5)).reverse();
		expect(await list('limit=2')).toEqual(newest.slice(0, 2));
		expect(await list(`limit=2&cursor=${newest[1]}`)).toEqual(newest.slice(2, 4));
		expect(await list(`limit=2&cursor=${newest[3]}`)).toEqual(newest.slice(4));
		expect(await list(`limit=2&cursor=${newest[4]}`)).toEqual([]);
	});

	test('returns all of them without a limit, at both paths', async () => {
		const ids = await create(12);
		expect((await list('')).sort()).toEqual(ids.sort());
		expect((await api.request('/v2/generate')).body).toHaveLength(12);
	});

	test('filters by status, ID and project', async () => {
		const [first, second] = await create(2);
		const inProject = (await api.createGeneration({ projectId: PROJECT_ID })).body.id;
		await api.control.endGeneration(first);
		expect(await list('status=COMPLETED,FAILED')).toEqual([first]);
		expect(await list('status=["PENDING"]')).toEqual([second, inProject]);
		expect(await list(`ids=${first},${inProject},${MISSING_ID}`)).toEqual([first, inProject]);
		expect(await list(`projectId=${PROJECT_ID}`)).toEqual([inProject]);
	});

	test.each(['cursor=x&limit=1', `cursor=${MISSING_ID}`, 'limit=101', 'status=DONE'])(
		'with %s violates the contract',
		async (query) => {
			expect((await api.request(`/v2/generations?${query}`)).status).toBe(400);
			expect(await api.takeViolations()).toHaveLength(1);
		},
	);
});

test('generations can be counted by status, source and creator', async () => {
	const [first] = await create(2);
	await api.createGeneration({ input: URL_INPUT }, asColleague);
	await api.control.endGeneration(first);
	const count = async (query: string): Promise<unknown> =>
		(await api.request<{ count: number }>(`/v2/generations/count?${query}`)).body.count;
	expect(await count('')).toBe(3);
	expect(await count('status=PENDING,FAILED')).toBe(2);
	expect(await count('currentUserOnly=true&type=api')).toBe(2);
	expect(await count('type=playground')).toBe(0);
	expect(await count('generationSource=mcp')).toBe(0);
});
