import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { components } from '../../../../nodes/shared/api.ts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { samplePath } from '../../../../sandbox/storage/sampleFiles.mts';
import { VOICES } from '../../../../sandbox/voice/fixtures.mts';
import { ApiLab, type ApiResponse } from '../apiLab.mts';

type Schemas = components['schemas'];
type Job = Schemas['TtsJob'];

const api = new ApiLab();

const HOUR = 3_600_000;

const SPEECH = { script: 'Hello.', voiceId: VOICES.sarah, provider: 'elevenlabs' };

const create = async <Body,>(
	path: string,
	fields: object = {},
	headers: Record<string, string> = {},
): Promise<ApiResponse<Body>> =>
	await api.request<Body>(path, { json: { ...SPEECH, ...fields }, headers });

const createJob = async (fields?: object, headers?: Record<string, string>) =>
	await create<Job>('/v2/tts/jobs', fields, headers);

const getJob = async (id: string) => await api.request<Job>(`/v2/tts/jobs/${id}`);

const getDigest = (content: ArrayBuffer | Buffer) =>
	createHash('sha256').update(new Uint8Array(content)).digest('hex');

/** Expects the sample file that every speech returns. */
const expectSpeech = async (url: string) => {
	const response = await fetch(url);
	expect(response.headers.get('content-type')).toBe('audio/wav');
	expect(getDigest(await response.arrayBuffer())).toBe(getDigest(readFileSync(samplePath('wav'))));
};

test('a speech is a file to download, with its duration', async () => {
	const { status, body } = await create<Schemas['TtsResult']>('/v2/tts');
	expect(status).toBe(200);
	expect(body).toEqual({
		id: expect.any(String) as string,
		url: expect.stringContaining(`${api.url}/storage/`) as string,
		duration: 1.5,
	});
	await expectSpeech(body.url);
});

describe.each(['/v2/tts', '/v2/tts/jobs'])('POST %s', (path) => {
	test.each(Object.entries(VOICES))('accepts the voice %s', async (_name, voiceId) => {
		expect((await create(path, { voiceId })).status).toBeLessThan(300);
	});

	test.each([
		['that does not exist', 'Nobody00000000000001', {}],
		["that is another member's clone", VOICES.clone, { 'x-api-key': COLLEAGUE_KEY }],
	])('fails for a voice %s', async (_what, voiceId, headers) => {
		const body = { statusCode: 422, errorCode: 'voice_not_found' };
		expect(await create(path, { voiceId }, headers)).toMatchObject({ status: 422, body });
	});

	test.each([
		['an empty script', { script: '' }, 'script must NOT have fewer than 1 characters'],
		[
			'a script of 5,001 characters',
			{ script: 'x'.repeat(5001) },
			'script must NOT have more than 5000 characters',
		],
		['a missing provider', { provider: undefined }, "must have required property 'provider'"],
		['a stability above 1', { stability: 1.1 }, 'stability must be <= 1'],
	])('rejects %s as a violation', async (_what, fields, message) => {
		expect(await create(path, fields)).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test('has its own rate limit: 60 per minute', async () => {
		await api.control.configure({ requestsPerMinute: 0 });
		const statuses = await api.repeatRequest(61, path, { json: SPEECH });
		expect(statuses.indexOf(429)).toBe(60);
	});
});

describe('a speech job', () => {
	test('is accepted, with its URL in a header', async () => {
		await api.control.configure({ speechPendingMs: HOUR });
		const { status, headers, body } = await createJob();
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
		expect((await getJob(body.id)).body).toEqual(body);
	});

	test('is pending, processing and finished, with a Retry-After header until then', async () => {
		await api.control.configure({ speechPendingMs: HOUR });
		const { id } = (await createJob()).body;
		const pending = await getJob(id);
		await api.control.configure({ speechPendingMs: 0, speechProcessingMs: HOUR });
		const processing = await getJob(id);
		await api.control.configure({ speechProcessingMs: 0 });
		const ended = await getJob(id);
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

	test('returns the speech when it succeeds', async () => {
		await api.control.configure({ speechPendingMs: 0, speechProcessingMs: 0 });
		const { body } = await createJob();
		expect(body).toMatchObject({ status: 'SUCCESS', duration: 1.5, error: null });
		await expectSpeech(body.url as string);
	});

	test('returns an error and no speech when it fails', async () => {
		const now = { speechPendingMs: 0, speechProcessingMs: 0 };
		await api.control.configure({ ...now, speechOutcome: 'FAILED' });
		expect((await createJob()).body).toMatchObject({
			status: 'FAILED',
			url: null,
			duration: null,
			error: { message: 'Speech synthesis failed' },
		});
	});

	test('is returned with its current status for the same Idempotency-Key', async () => {
		await api.control.configure({ speechPendingMs: HOUR });
		const first = await createJob({}, { 'idempotency-key': 'take-1' });
		await api.control.configure({ speechPendingMs: 0, speechProcessingMs: 0 });
		const second = await createJob({}, { 'idempotency-key': 'take-1' });
		expect(second).toMatchObject({ status: 202, body: { id: first.body.id, status: 'SUCCESS' } });
	});

	test('is a new one without an Idempotency-Key or with another one', async () => {
		const responses = [
			await createJob(),
			await createJob(),
			await createJob({}, { 'idempotency-key': 'take-1' }),
			await createJob({}, { 'idempotency-key': 'take-2' }),
		];
		expect(new Set(responses.map(({ body }) => body.id)).size).toBe(4);
	});

	test('is a conflict if its Idempotency-Key was used with another request', async () => {
		await createJob({}, { 'idempotency-key': 'take-1' });
		const response = await createJob({ script: 'Goodbye.' }, { 'idempotency-key': 'take-1' });
		expect(response).toMatchObject({ status: 409, body: { statusCode: 409 } });
	});

	test('can reuse its Idempotency-Key after it failed', async () => {
		const headers = { 'idempotency-key': 'take-1' };
		expect((await createJob({ voiceId: 'nobody' }, headers)).status).toBe(422);
		expect((await createJob({}, headers)).status).toBe(202);
	});

	test.each([
		['a space', 'a b'],
		['129 characters', 'x'.repeat(129)],
	])('fails with an Idempotency-Key with %s', async (_what, key) => {
		const body = { errorCode: 'INVALID_IDEMPOTENCY_KEY' };
		expect(await createJob({}, { 'idempotency-key': key })).toMatchObject({ status: 400, body });
	});

	test('can be unavailable, depending on the setting, while speech is available', async () => {
		await api.control.configure({ speechJobs: 503 });
		expect((await createJob()).status).toBe(503);
		expect((await create('/v2/tts')).status).toBe(200);
	});

	test('that does not exist is not found', async () => {
		expect((await getJob('nothing')).status).toBe(404);
	});
});
