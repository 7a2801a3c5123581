import { GenerationStore, type StoredGeneration } from '../../../../sandbox/generation/store.mts';
import type { Generation } from '../../../../sandbox/generation/types.mts';
import { OWNER_ID } from '../../../../sandbox/core/users.mts';
import { BY_ADDRESS, SandboxApi, type Answer } from '../apiClient.mts';

const api = new SandboxApi();

/** Waits for a generation to be final, as a client does. */
const long = async (id: string, query = ''): Promise<Answer<Generation>> =>
	await api.ask<Generation>(`/v2/generate/${id}?wait=true${query}`);

/** Makes a generation that stays PENDING. */
const pending = async (): Promise<string> => {
	await api.control.configure({ pendingMs: null });
	return (await api.generate()).body.id;
};

describe('a generation', () => {
	test('completes by itself', async () => {
		await api.control.configure({ pendingMs: 1, processingMs: 1 });
		const { body } = await api.generate();
		expect(body.status).toBe('PENDING');
		expect((await long(body.id)).body.status).toBe('COMPLETED');
	});

	test('is processing in between, and tells its progress when asked', async () => {
		await api.control.configure({ pendingMs: 0, processingMs: 60_000 });
		const { id } = (await api.generate()).body;
		await long(id, '&timeout=1');
		const { status, progress_percent: progress } = await api.generation(id, 'include=progress');
		expect(status).toBe('PROCESSING');
		expect(progress).toBeGreaterThan(0);
		expect(progress).toBeLessThan(100);
		expect(await api.generation(id)).not.toHaveProperty('progress_percent');
		await api.control.endGeneration(id);
		expect((await api.generation(id, 'include=progress')).progress_percent).toBe(100);
	});

	test('ends when it is told to, as it is told to, and only once', async () => {
		const id = await pending();
		await api.control.endGeneration(id, { status: 'FAILED', error: 'No face' });
		await api.control.endGeneration(id);
		expect(await api.generation(id)).toMatchObject({ status: 'FAILED', error: 'No face' });
	});

	test('goes with a reset', async () => {
		const id = await pending();
		await api.control.reset();
		expect((await api.ask(`/v2/generate/${id}`)).status).toBe(404);
		expect(await api.control.generationTotals()).toEqual({ created: 0, active: 0, peakActive: 0 });
	});
});

describe('the way of a generation', () => {
	const ended: string[] = [];
	const store = new GenerationStore();
	store.onEnd(({ generation }) => ended.push(generation.status));
	const begin = (): StoredGeneration =>
		store.add(
			{ model: 'lipsync-2', input: [] },
			{
				createdAt: '2026-11-01T00:00:00.000Z',
				userId: OWNER_ID,
				origin: 'http://127.0.0.1',
				inBatch: false,
				plan: { pendingMs: 300, processingMs: 700 },
			},
		);

	beforeEach(() => {
		ended.length = 0;
		jest.useFakeTimers();
	});

	afterEach(() => {
		store.reset();
		jest.useRealTimers();
	});

	test('takes the time that is planned', () => {
		const job = begin();
		const statuses = [299, 1, 699, 1].map((ms) => {
			jest.advanceTimersByTime(ms);
			return job.generation.status;
		});
		expect(statuses).toEqual(['PENDING', 'PROCESSING', 'PROCESSING', 'COMPLETED']);
		expect(ended).toEqual(['COMPLETED']);
	});

	test('keeps no process alive', () => {
		jest.useRealTimers();
		expect(begin().timer?.hasRef()).toBe(false);
	});

	test('goes no further when it is held', () => {
		const job = begin();
		store.hold(job);
		jest.advanceTimersByTime(1e9);
		expect(job.generation.status).toBe('PENDING');
	});

	test('ends with a reset', () => {
		begin();
		store.reset();
		jest.advanceTimersByTime(1e9);
		expect(ended).toEqual([]);
	});

	test('is waited for no longer than to its end', async () => {
		const job = begin();
		const waiting = store.waitForEnd(job, 1e9);
		store.end(job);
		await waiting;
		expect(ended).toEqual(['COMPLETED']);
	});
});

describe('an outcome', () => {
	const ending = { errorCode: 'generation_input_face_not_detected', error: 'No face was found' };

	test.each([
		['FAILED', 'errorCode'],
		['FAILED', 'error_code'],
		['REJECTED', 'errorCode'],
	] as const)('of %s has its code as %s', async (status, failureCodeField) => {
		await api.control.configure({ failureCodeField, pendingMs: 1, processingMs: 1 });
		await api.control.nextOutcome({ status, ...ending });
		const { body } = await long((await api.generate()).body.id);
		const { errorCode, error } = ending;
		expect(body).toMatchObject({ status, error, outputUrl: null, [failureCodeField]: errorCode });
		expect(Object.keys(body).filter((key) => /error_?code/i.test(key))).toEqual([failureCodeField]);
	});

	test('of REJECTED without waiting is in the answer to the creation', async () => {
		await api.control.nextOutcome({ status: 'REJECTED', pendingMs: 0 });
		expect((await api.generate()).body).toMatchObject({
			status: 'REJECTED',
			errorCode: 'generation_input_validation_failed',
		});
	});

	test('is for so many that match, after as many as go by', async () => {
		await api.control.configure({ concurrency: null, pendingMs: 1, processingMs: 1 });
		const match = { model: 'sync-3', bodyContains: 'example.com' };
		await api.control.nextOutcome({ status: 'FAILED', match, skip: 1, times: 1 });
		const statuses: string[] = [];
		for (const model of ['sync-3', 'lipsync-2', 'sync-3', 'sync-3']) {
			const { id } = (await api.generate({ model, input: BY_ADDRESS })).body;
			statuses.push((await long(id)).body.status);
		}
		expect(statuses).toEqual(['COMPLETED', 'COMPLETED', 'FAILED', 'COMPLETED']);
	});
});

describe('waiting', () => {
	test('answers when the time is over, with headers of its own', async () => {
		const { headers, body } = await long(await pending(), '&timeout=1.5');
		expect(body.status).toBe('PENDING');
		expect(headers.get('retry-after')).toBe('2');
		expect(headers.get('x-sync-wait-mode')).toBe('long_poll');
		expect(headers.get('x-sync-wait-timeout-seconds')).toBe('1.5');
		const id = await pending();
		expect((await api.ask(`/v2/generate/${id}`)).headers.get('retry-after')).toBeNull();
	});

	test('takes five seconds when nothing else is said', async () => {
		const { headers } = await long((await api.generated()).id);
		expect(headers.get('x-sync-wait-timeout-seconds')).toBe('5');
	});

	test.each(['&timeout=0.9', '&timeout=11', '&include=progress'])(
		'with %s breaks the contract',
		async (query) => {
			expect((await long(await pending(), query)).status).toBe(400);
			expect(await api.provoked()).toHaveLength(1);
		},
	);
});

describe('the limit of generations at once', () => {
	test('is three, until one ends', async () => {
		const id = await pending();
		await Promise.all([api.generate(), api.generate()]);
		expect(await api.generate()).toMatchObject({
			status: 429,
			body: {
				errorCode: 'concurrency_limit_reached',
				activeGenerations: 3,
				concurrencyLimit: 3,
				retryAfterSeconds: 5,
				upgradeUrl: expect.any(String) as string,
			},
		});
		await api.control.endGeneration(id);
		expect((await api.generate()).status).toBe(201);
		expect(await api.control.generationTotals()).toEqual({ created: 4, active: 3, peakActive: 3 });
	});

	test('is lifted by null', async () => {
		await api.control.configure({ concurrency: null });
		await Promise.all(Array.from({ length: 5 }, async () => await api.generate()));
		expect((await api.control.generationTotals()).peakActive).toBe(5);
	});

	test('says how long to wait as it is set', async () => {
		await api.control.configure({ concurrency: 0, concurrencyRetryAfter: 30 });
		expect((await api.generate()).body).toMatchObject({ retryAfterSeconds: 30 });
	});
});
