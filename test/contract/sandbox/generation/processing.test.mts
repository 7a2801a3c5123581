import type { Generation } from '../../../../sandbox/generation/types.mts';
import { ApiLab, type ApiResponse, URL_INPUT } from '../apiLab.mts';

const api = new ApiLab();

/** Gets a generation after waiting for it to end. @param query starts with `&` */
const waitFor = async (id: string, query = ''): Promise<ApiResponse<Generation>> =>
	await api.request<Generation>(`/v2/generate/${id}?wait=true${query}`);

/** Creates a generation that stays PENDING. @returns its ID */
const createPending = async (): Promise<string> => {
	await api.control.configure({ pendingMs: null });
	return (await api.createGeneration()).body.id;
};

describe('a generation', () => {
	test('completes automatically', async () => {
		await api.control.configure({ pendingMs: 1, processingMs: 1 });
		const { body } = await api.createGeneration();
		expect(body.status).toBe('PENDING');
		expect((await waitFor(body.id)).body.status).toBe('COMPLETED');
	});

	test('is PROCESSING before it completes, and returns its progress on request', async () => {
		await api.control.configure({ pendingMs: 0, processingMs: 60_000 });
		const { id } = (await api.createGeneration()).body;
		await waitFor(id, '&timeout=1');
		const { status, progress_percent: progress } = await api.getGeneration(id, 'include=progress');
		expect(status).toBe('PROCESSING');
		expect(progress).toBeGreaterThan(0);
		expect(progress).toBeLessThan(100);
		expect(await api.getGeneration(id)).not.toHaveProperty('progress_percent');
		await api.control.endGeneration(id);
		expect((await api.getGeneration(id, 'include=progress')).progress_percent).toBe(100);
	});

	test('can be ended in any status, but only once', async () => {
		const id = await createPending();
		await api.control.endGeneration(id, { status: 'FAILED', error: 'No face' });
		await api.control.endGeneration(id);
		expect(await api.getGeneration(id)).toMatchObject({ status: 'FAILED', error: 'No face' });
	});

	test('is removed by a reset', async () => {
		const id = await createPending();
		await api.control.reset();
		expect((await api.request(`/v2/generate/${id}`)).status).toBe(404);
		expect(await api.control.getGenerationTotals()).toEqual({
			created: 0,
			active: 0,
			peakActive: 0,
		});
	});
});

describe('an outcome', () => {
	const ending = { errorCode: 'generation_input_face_not_detected', error: 'No face was found' };

	test.each([
		['FAILED', 'errorCode'],
		['FAILED', 'error_code'],
		['REJECTED', 'errorCode'],
	] as const)('of %s has its error code in %s', async (status, failureCodeField) => {
		await api.control.configure({ failureCodeField, pendingMs: 1, processingMs: 1 });
		await api.control.addOutcome({ status, ...ending });
		const { body } = await waitFor((await api.createGeneration()).body.id);
		const { errorCode, error } = ending;
		expect(body).toMatchObject({ status, error, outputUrl: null, [failureCodeField]: errorCode });
		expect(Object.keys(body).filter((key) => /error_?code/i.test(key))).toEqual([failureCodeField]);
	});

	test('of REJECTED without a delay is already in the response', async () => {
		await api.control.addOutcome({ status: 'REJECTED', pendingMs: 0 });
		expect((await api.createGeneration()).body).toMatchObject({
			status: 'REJECTED',
			errorCode: 'generation_input_validation_failed',
		});
	});

	test('applies to a limited number of matching generations, after skipping some', async () => {
		await api.control.configure({ concurrency: null, pendingMs: 1, processingMs: 1 });
		const match = { model: 'sync-3', bodyContains: 'example.com' };
		await api.control.addOutcome({ status: 'FAILED', match, skip: 1, times: 1 });
		const statuses: string[] = [];
		for (const model of ['sync-3', 'lipsync-2', 'sync-3', 'sync-3']) {
			const { id } = (await api.createGeneration({ model, input: URL_INPUT })).body;
			statuses.push((await waitFor(id)).body.status);
		}
		expect(statuses).toEqual(['COMPLETED', 'COMPLETED', 'FAILED', 'COMPLETED']);
	});
});

describe('waiting for a generation', () => {
	test('times out, with additional headers', async () => {
		const { headers, body } = await waitFor(await createPending(), '&timeout=1.5');
		expect(body.status).toBe('PENDING');
		expect(headers.get('retry-after')).toBe('2');
		expect(headers.get('x-sync-wait-mode')).toBe('long_poll');
		expect(headers.get('x-sync-wait-timeout-seconds')).toBe('1.5');
		const id = await createPending();
		expect((await api.request(`/v2/generate/${id}`)).headers.get('retry-after')).toBeNull();
	});

	test('takes up to five seconds by default', async () => {
		const { headers } = await waitFor((await api.completeGeneration()).id);
		expect(headers.get('x-sync-wait-timeout-seconds')).toBe('5');
	});

	test.each(['&timeout=0.9', '&timeout=11', '&include=progress'])(
		'with %s violates the contract',
		async (query) => {
			expect((await waitFor(await createPending(), query)).status).toBe(400);
			expect(await api.takeViolations()).toHaveLength(1);
		},
	);
});

describe('the concurrency limit', () => {
	test('is three generations until one ends', async () => {
		const id = await createPending();
		await Promise.all([api.createGeneration(), api.createGeneration()]);
		expect(await api.createGeneration()).toMatchObject({
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
		expect((await api.createGeneration()).status).toBe(201);
		expect(await api.control.getGenerationTotals()).toEqual({
			created: 4,
			active: 3,
			peakActive: 3,
		});
	});

	test('is disabled by null', async () => {
		await api.control.configure({ concurrency: null });
		await Promise.all(Array.from({ length: 5 }, async () => await api.createGeneration()));
		expect((await api.control.getGenerationTotals()).peakActive).toBe(5);
	});

	test('returns the retry time from the settings', async () => {
		await api.control.configure({ concurrency: 0, concurrencyRetryAfter: 30 });
		expect((await api.createGeneration()).body).toMatchObject({ retryAfterSeconds: 30 });
	});
});
