import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { components } from '../../../../nodes/shared/api.ts';
import { sampleFile } from '../../../../sandbox/storage/samples.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { VOICES } from '../../../../sandbox/voice/library.mts';
import { SandboxApi, type Answer } from '../apiClient.mts';

type Schemas = components['schemas'];
type Job = Schemas['TtsJob'];

const api = new SandboxApi();

const HOUR = 3_600_000;

const ask = async <Body,>(
	path: string,
	more: object = {},
	headers: Record<string, string> = {},
): Promise<Answer<Body>> => {
	const json = { script: 'Hello.', voiceId: VOICES.sarah, provider: 'elevenlabs', ...more };
	return await api.ask<Body>(path, { json, headers });
};

const submit = async (more?: object, headers?: Record<string, string>) =>
	await ask<Job>('/v2/tts/jobs', more, headers);

const jobOf = async (id: string) => await api.ask<Job>(`/v2/tts/jobs/${id}`);

const digestOf = (content: ArrayBuffer | Buffer) =>
	createHash('sha256').update(new Uint8Array(content)).digest('hex');

/** The file that stands for all speech, from the storage. */
const expectSpeech = async (url: string) => {
	const response = await fetch(url);
	expect(response.headers.get('content-type')).toBe('audio/wav');
	expect(digestOf(await response.arrayBuffer())).toBe(digestOf(readFileSync(sampleFile('wav'))));
};

test('a speech is a file that can be downloaded, of the length that is said', async () => {
	const { status, body } = await ask<Schemas['TtsResult']>('/v2/tts');
	expect(status).toBe(200);
	expect(body).toEqual({
		id: expect.any(String) as string,
		url: expect.stringContaining(`${api.url}/storage/`) as string,
		duration: 1.5,
	});
	await expectSpeech(body.url);
});

describe.each(['/v2/tts', '/v2/tts/jobs'])('POST %s', (path) => {
	test.each(Object.entries(VOICES))('speaks with the voice %s', async (_name, voiceId) => {
		expect((await ask(path, { voiceId })).status).toBeLessThan(300);
	});

	test.each([
		['that is not there', 'Nobody00000000000001', {}],
		["that is another member's clone", VOICES.clone, { 'x-api-key': COLLEAGUE_KEY }],
	])('is refused with a voice %s', async (_what, voiceId, headers) => {
		const body = { statusCode: 422, errorCode: 'voice_not_found' };
		expect(await ask(path, { voiceId }, headers)).toMatchObject({ status: 422, body });
	});

	test.each([
		[{ script: '' }, 'script must NOT have fewer than 1 characters'],
		[{ script: 'x'.repeat(5001) }, 'script must NOT have more than 5000 characters'],
		[{ provider: undefined }, "must have required property 'provider'"],
		[{ stability: 1.1 }, 'stability must be <= 1'],
	])('breaks the contract for %j', async (more, message) => {
		expect(await ask(path, more)).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await api.provoked()).toHaveLength(1);
	});

	test('can be sent 60 times a minute, whatever else is asked', async () => {
		await api.control.configure({ requestsPerMinute: 0 });
		const statuses: number[] = [];
		while (statuses.length < 61) statuses.push((await ask(path)).status);
		expect(statuses.indexOf(429)).toBe(60);
	});
});

describe('a speech job', () => {
	test('is accepted, and says where it is', async () => {
		await api.control.configure({ speechPendingMs: HOUR });
		const { status, headers, body } = await submit();
		expect(status).toBe(202);
		expect(headers.get('location')).toBe(`/v2/tts/jobs/${body.id}`);
		expect(body).toEqual({
			id: expect.any(String) as string,
			status: 'PENDING',
			createdAt: expect.any(String) as string,
			url: null,
			duration: null,
			error: null,
			startedAt: null,
			finishedAt: null,
		});
		expect((await jobOf(body.id)).body).toEqual(body);
	});

	test('goes from pending to processing to its end, and says when to ask again', async () => {
		await api.control.configure({ speechPendingMs: HOUR });
		const { id } = (await submit()).body;
		const pending = await jobOf(id);
		await api.control.configure({ speechPendingMs: 0, speechProcessingMs: HOUR });
		const processing = await jobOf(id);
		await api.control.configure({ speechProcessingMs: 0 });
		const ended = await jobOf(id);
		const seen = [pending, processing, ended].map(({ headers, body }) => ({
			status: body.status,
			retryAfter: headers.get('retry-after'),
			started: typeof body.startedAt === 'string',
			finished: typeof body.finishedAt === 'string',
		}));
		expect(seen).toEqual([
			{ status: 'PENDING', retryAfter: '3', started: false, finished: false },
			{ status: 'PROCESSING', retryAfter: '3', started: true, finished: false },
			{ status: 'SUCCESS', retryAfter: null, started: true, finished: true },
		]);
	});

	test('gives its speech at its end', async () => {
		await api.control.configure({ speechPendingMs: 0, speechProcessingMs: 0 });
		const { body } = await submit();
		expect(body).toMatchObject({ status: 'SUCCESS', duration: 1.5, error: null });
		await expectSpeech(body.url as string);
	});

	test('has no speech when it failed, and says why', async () => {
		const now = { speechPendingMs: 0, speechProcessingMs: 0 };
		await api.control.configure({ ...now, speechOutcome: 'FAILED' });
		expect((await submit()).body).toMatchObject({
			status: 'FAILED',
			url: null,
			duration: null,
			error: { message: 'Speech synthesis failed' },
		});
	});

	test('is the same one for the same idempotency key, in its current state', async () => {
		await api.control.configure({ speechPendingMs: HOUR });
		const first = await submit({}, { 'idempotency-key': 'take-1' });
		await api.control.configure({ speechPendingMs: 0, speechProcessingMs: 0 });
		const second = await submit({}, { 'idempotency-key': 'take-1' });
		expect(second).toMatchObject({ status: 202, body: { id: first.body.id, status: 'SUCCESS' } });
	});

	test('is another one without an idempotency key, or with another', async () => {
		const answers = [
			await submit(),
			await submit(),
			await submit({}, { 'idempotency-key': 'take-1' }),
			await submit({}, { 'idempotency-key': 'take-2' }),
		];
		expect(new Set(answers.map(({ body }) => body.id)).size).toBe(4);
	});

	test('is a conflict when its idempotency key came with something else', async () => {
		await submit({}, { 'idempotency-key': 'take-1' });
		const answer = await submit({ script: 'Goodbye.' }, { 'idempotency-key': 'take-1' });
		expect(answer).toMatchObject({ status: 409, body: { statusCode: 409 } });
	});

	test('leaves its idempotency key free when it is refused', async () => {
		const headers = { 'idempotency-key': 'take-1' };
		expect((await submit({ voiceId: 'nobody' }, headers)).status).toBe(422);
		expect((await submit({}, headers)).status).toBe(202);
	});

	test.each(['a b', 'x'.repeat(129)])('is refused with the idempotency key %j', async (key) => {
		const body = { errorCode: 'INVALID_IDEMPOTENCY_KEY' };
		expect(await submit({}, { 'idempotency-key': key })).toMatchObject({ status: 400, body });
	});

	test('can not be had before the organization has them; speech at once can', async () => {
		await api.control.configure({ speechJobs: 503 });
		expect((await submit()).status).toBe(503);
		expect((await ask('/v2/tts')).status).toBe(200);
	});

	test('that is not there is not found', async () => {
		expect((await jobOf('nothing')).status).toBe(404);
	});
});
