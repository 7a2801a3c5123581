import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import type { Generation } from '../../../../sandbox/generation/types.mts';
import { getIds } from '../apiLab.mts';
import { type Batch, BatchLab, buildRows, PAUSED, toLines } from './batchLab.mts';

const api = new BatchLab();

const list = async (query = '', init?: RequestInit) =>
	getIds((await api.request<Batch[]>(`/v2/batch?${query}`, init)).body);

describe('a batch', () => {
	test('can be created from JSON', async () => {
		await api.control.configure(PAUSED);
		const { status, body } = await api.createBatch();
		expect(status).toBe(201);
		expect(body).toEqual({
			id: expect.stringMatching(/^batch_/) as string,
			created_at: expect.any(String) as string,
			status: 'PENDING',
			metrics: { total_generations: 20, success_count: 0, failed_count: 0, pending_count: 20 },
			outputUrl: '',
			webhookUrl: null,
		});
		expect(await api.getBatch(body.id)).toEqual(body);
	});

	test('can be created from a JSONL file', async () => {
		const { status, body } = await api.uploadBatch([...toLines(buildRows(21)), '']);
		expect(status).toBe(201);
		expect(body.metrics.total_generations).toBe(21);
	});

	test('that does not exist is not found', async () => {
		expect((await api.request('/v2/batch/batch_nothing')).status).toBe(404);
		expect((await api.requestResult('batch_nothing')).status).toBe(404);
	});

	test.each([
		['JSON', async () => await api.createBatch({ dry_run: true })],
		['a form', async () => await api.uploadBatch(toLines(buildRows()), { dry_run: 'true' })],
	])('is only validated in a dry run from %s', async (_what, dryRun) => {
		expect(await dryRun()).toMatchObject({ status: 201, body: { status: 'VALIDATED' } });
		expect(await list()).toEqual([]);
		expect((await api.control.getGenerationTotals()).created).toBe(0);
	});
});

describe('the status of a batch', () => {
	test('depends on its generations', async () => {
		await api.control.configure({ ...PAUSED, batchPendingMs: 0 });
		const { id } = (await api.createBatch()).body;
		expect((await api.getBatch(id)).status).toBe('JOBS_CREATED');
		const [first] = (await api.request<Generation[]>('/v2/generations?limit=1')).body;
		await api.control.endGeneration(first.id);
		expect(await api.getBatch(id)).toMatchObject({
			status: 'PROCESSING',
			metrics: { success_count: 1, failed_count: 0, pending_count: 19 },
			outputUrl: '',
		});
		await api.control.endBatch(id);
		expect(await api.getBatch(id)).toMatchObject({
			status: 'COMPLETED',
			metrics: { success_count: 20, failed_count: 0, pending_count: 0 },
			outputUrl: `${api.url}/v2/batches/${id}/result`,
		});
	});

	test('changes automatically', async () => {
		await api.control.configure({ batchPendingMs: 1, pendingMs: 1, processingMs: 1 });
		const { id } = (await api.createBatch({ webhook_url: `${api.url}/hook` })).body;
		await api.control.waitForDeliveries(1);
		expect((await api.getBatch(id)).status).toBe('COMPLETED');
	});

	test('is COMPLETED if some generations fail', async () => {
		await api.control.configure(PAUSED);
		await api.control.addOutcome({ status: 'FAILED', times: 1 });
		await api.control.addOutcome({ status: 'REJECTED', times: 2 });
		const { id } = (await api.createBatch()).body;
		await api.control.endBatch(id);
		expect(await api.getBatch(id)).toMatchObject({
			status: 'COMPLETED',
			metrics: { success_count: 17, failed_count: 3, pending_count: 0 },
		});
	});

	test('is FAILED if all generations fail', async () => {
		const id = await api.createEndedBatch({ status: 'FAILED' });
		expect((await api.getBatch(id)).status).toBe('FAILED');
		expect(await api.downloadRows(id)).toHaveLength(20);
	});
});

test('the generations of a batch do not count towards the concurrency limit', async () => {
	await api.control.configure({ ...PAUSED, batchPendingMs: 0, concurrency: 1 });
	await api.createBatch();
	expect((await api.control.getGenerationTotals()).active).toBe(20);
	expect((await api.createGeneration()).status).toBe(201);
	expect((await api.createGeneration()).status).toBe(429);
});

describe('listing batches', () => {
	test('returns the newest first, of all members of the organization', async () => {
		await api.control.configure(PAUSED);
		const { body: first } = await api.createBatch();
		const { body: second } = await api.createBatch();
		expect(await list()).toEqual([second.id, first.id]);
		const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };
		expect(await list('', asColleague)).toEqual([second.id, first.id]);
	});

	test('filters by status', async () => {
		const ended = await api.createEndedBatch();
		const { body: pending } = await api.createBatch();
		expect(await list('status=COMPLETED')).toEqual([ended]);
		expect(await list('status=PENDING')).toEqual([pending.id]);
	});

	test('filters by time', async () => {
		await api.control.configure(PAUSED);
		const batches: Batch[] = [];
		while (batches.length < 3) batches.push((await api.createBatch()).body);
		const [first, second, third] = batches;
		expect(await list(`created_after=${first.created_at}`)).toEqual([third.id, second.id]);
		expect(await list(`created_before=${third.created_at}`)).toEqual([second.id, first.id]);
	});
});
