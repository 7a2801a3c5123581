import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Generation } from '../../../../sandbox/generation/types.mts';
import { PROJECT_ID } from '../../../../sandbox/project/library.mts';
import { measure } from '../../../../sandbox/storage/measure.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { BY_ADDRESS, idsOf, LIP_SYNC, SandboxApi } from '../apiClient.mts';

const api = new SandboxApi();

const MISSING_ID = '6e000000-0000-4000-8000-0000000000ff';
const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };
const notFound = { status: 404, body: { errorCode: 'generation_not_found' } };

beforeEach(async () => await api.control.configure({ pendingMs: null, concurrency: null }));

/** Makes so many generations, one after the other. @returns their IDs, the first one first */
const make = async (count: number): Promise<string[]> => {
	const ids: string[] = [];
	while (ids.length < count) ids.push((await api.generate()).body.id);
	return ids;
};

describe('creating a generation', () => {
	test('answers with a pending one, and with what it was made from', async () => {
		const given = {
			options: { sync_mode: 'cut_off' },
			projectId: PROJECT_ID,
			webhookUrl: 'https://hooks.example.com/sync',
		};
		const { status, body } = await api.generate({ ...given, outputFileName: 'Take 1' });
		const { id, createdAt, ...rest } = body;
		expect(status).toBe(201);
		expect(rest).toEqual({
			...LIP_SYNC,
			...given,
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
		expect(await api.generation(id)).toEqual(body);
	});

	test('is possible 60 times a minute, whatever else is asked', async () => {
		await api.control.configure({ requestsPerMinute: 0 });
		const statuses: number[] = [];
		while (statuses.length < 61) statuses.push((await api.generate()).status);
		expect(statuses.lastIndexOf(201)).toBe(59);
		expect(statuses[60]).toBe(429);
	});
});

describe('one generation', () => {
	test('is found by every member of the organization, at both addresses', async () => {
		const { body } = await api.generate();
		for (const folder of ['generate', 'generations']) {
			expect((await api.ask(`/v2/${folder}/${body.id}`, asColleague)).body).toEqual(body);
		}
	});

	test.each(['generate/ID', 'generations/ID', 'generations/ID/download', 'generate/ID/costs'])(
		'that is not there is a 404 at %s',
		async (address) => {
			expect(await api.ask(`/v2/${address.replace('ID', MISSING_ID)}`)).toMatchObject(notFound);
		},
	);

	test('that is completed has a video, for as long as its address is good', async () => {
		await api.control.configure({ downloadExpiresIn: 3600 });
		const { id, status, outputUrl, outputDuration } = await api.generated();
		expect(status).toBe('COMPLETED');
		const response = await fetch(outputUrl as string);
		expect(response.headers.get('content-type')).toBe('video/mp4');
		const folder = mkdtempSync(path.join(tmpdir(), 'output-'));
		const file = path.join(folder, 'output.mp4');
		writeFileSync(file, new Uint8Array(await response.arrayBuffer()));
		const measures = { durationSeconds: outputDuration, width: 64, height: 36 };
		expect(await measure(file)).toEqual(measures);
		rmSync(folder, { recursive: true });
		await api.control.configure({ downloadExpiresIn: 0 });
		expect((await fetch((await api.generation(id)).outputUrl as string)).status).toBe(403);
	});

	test('has a download address as text when it is completed', async () => {
		const { id } = await api.generated();
		const { status, headers, body } = await api.ask<string>(`/v2/generations/${id}/download`);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toMatch('text/plain');
		expect((await fetch(body)).status).toBe(200);
	});

	test('has no download address before its end, nor after a bad one', async () => {
		const { id } = (await api.generate()).body;
		expect((await api.ask(`/v2/generations/${id}/download`)).status).toBe(409);
		await api.control.endGeneration(id, { status: 'FAILED' });
		expect((await api.ask(`/v2/generations/${id}/download`)).status).toBe(422);
	});

	test('is deleted after its end only', async () => {
		const { id } = (await api.generate()).body;
		const remove = async () => await api.ask(`/v2/generations/${id}`, { method: 'DELETE' });
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
		const { id } = (await api.generate()).body;
		if (status !== 'PENDING') await api.control.endGeneration(id, { status });
		const { body } = await api.ask(`/v2/generate/${id}/costs`);
		expect(body).toMatchObject({ generationId: id, generationStatus: status, ...costs });
	});
});

describe('the list of generations', () => {
	const list = async (query: string): Promise<string[]> =>
		idsOf((await api.ask<Generation[]>(`/v2/generations?${query}`)).body);

	test('has the newest first when it is limited, page by page', async () => {
		const newest = (await make(5)).reverse();
		expect(await list('limit=2')).toEqual(newest.slice(0, 2));
		expect(await list(`limit=2&cursor=${newest[1]}`)).toEqual(newest.slice(2, 4));
		expect(await list(`limit=2&cursor=${newest[3]}`)).toEqual(newest.slice(4));
		expect(await list(`limit=2&cursor=${newest[4]}`)).toEqual([]);
	});

	test('has all of them when it is not, at both addresses', async () => {
		const ids = await make(12);
		expect((await list('')).sort()).toEqual(ids.sort());
		expect((await api.ask('/v2/generate')).body).toHaveLength(12);
	});

	test('is limited to some statuses, IDs, or a project', async () => {
		const [first, second] = await make(2);
		const filed = (await api.generate({ projectId: PROJECT_ID })).body.id;
		await api.control.endGeneration(first);
		expect(await list('status=COMPLETED,FAILED')).toEqual([first]);
		expect(await list('status=["PENDING"]')).toEqual([second, filed]);
		expect(await list(`ids=${first},${filed},${MISSING_ID}`)).toEqual([first, filed]);
		expect(await list(`projectId=${PROJECT_ID}`)).toEqual([filed]);
	});

	test.each(['cursor=x&limit=1', `cursor=${MISSING_ID}`, 'limit=101', 'status=DONE'])(
		'with %s breaks the contract',
		async (query) => {
			expect((await api.ask(`/v2/generations?${query}`)).status).toBe(400);
			expect(await api.provoked()).toHaveLength(1);
		},
	);
});

test('generations are counted, all or the own ones, by status and by where they came from', async () => {
	const [first] = await make(2);
	await api.generate({ input: BY_ADDRESS }, asColleague);
	await api.control.endGeneration(first);
	const count = async (query: string): Promise<unknown> =>
		(await api.ask<{ count: number }>(`/v2/generations/count?${query}`)).body.count;
	expect(await count('')).toBe(3);
	expect(await count('status=PENDING,FAILED')).toBe(2);
	expect(await count('currentUserOnly=true&type=api')).toBe(2);
	expect(await count('type=playground')).toBe(0);
	expect(await count('generationSource=mcp')).toBe(0);
});
