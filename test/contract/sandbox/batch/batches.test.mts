import type { components } from '../../../../nodes/shared/api.ts';
import type { Generation } from '../../../../sandbox/generation/types.mts';
import type { Settings } from '../../../../sandbox/core/settings.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { idsOf, LIP_SYNC, SandboxApi, type Answer } from '../apiClient.mts';

type Batch = components['schemas']['Batch'];

const api = new SandboxApi();

const row = (index: number, more: object = {}) => ({
	request_id: `row-${index + 1}`,
	endpoint: '/v2/generate',
	payload: LIP_SYNC,
	...more,
});

/** Rows of a batch. @param special what differs in some of them, by index */
const rows = (count = 20, special: Record<number, object> = {}) =>
	Array.from({ length: count }, (_, index) => row(index, special[index]));

const create = async <Body = Batch,>(more: object = {}): Promise<Answer<Body>> =>
	await api.ask<Body>('/v2/batch', { json: { rows: rows(), ...more } });

const upload = async <Body = Batch,>(
	lines: string[],
	fields: Record<string, string> = {},
): Promise<Answer<Body>> => {
	const body = new FormData();
	body.set('input', new File([lines.join('\n')], 'rows.jsonl'));
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	return await api.ask<Body>('/v2/batch', { method: 'POST', body });
};

const get = async (id: string) => (await api.ask<Batch>(`/v2/batch/${id}`)).body;

const list = async (query = '', init?: RequestInit) =>
	idsOf((await api.ask<Batch[]>(`/v2/batch?${query}`, init)).body);

const askForResult = async (id: string) =>
	await api.ask(`/v2/batches/${id}/result`, { redirect: 'manual' });

/** The rows of the result file, from the storage. */
const resultOf = async <Row,>(id: string): Promise<Row[]> => {
	const { headers } = await askForResult(id);
	const response = await fetch(headers.get('location') as string);
	const lines = (await response.text()).trimEnd().split('\n');
	return lines.map((line) => JSON.parse(line) as Row);
};

/** Settings by which nothing happens unless it is told to. */
const STILL: Partial<Settings> = { batchPendingMs: null, pendingMs: null, processingMs: null };

describe('a batch', () => {
	test('is made of rows in JSON', async () => {
		await api.control.configure(STILL);
		const { status, body } = await create();
		expect(status).toBe(201);
		expect(body).toEqual({
			id: expect.stringMatching(/^batch_/) as string,
			created_at: expect.any(String) as string,
			status: 'PENDING',
			metrics: { total_generations: 20, success_count: 0, failed_count: 0, pending_count: 20 },
			outputUrl: '',
			webhookUrl: null,
		});
		expect(await get(body.id)).toEqual(body);
	});

	test('is made of a file with a row in each line', async () => {
		const lines = rows(21).map((one) => JSON.stringify(one));
		const { status, body } = await upload([...lines, '']);
		expect(status).toBe(201);
		expect(body.metrics.total_generations).toBe(21);
	});

	test('that is not there is not found', async () => {
		expect((await api.ask('/v2/batch/batch_nothing')).status).toBe(404);
		expect((await askForResult('batch_nothing')).status).toBe(404);
	});

	test.each([
		['JSON', async () => await create({ dry_run: true })],
		[
			'a form',
			async () => {
				const lines = rows().map((one) => JSON.stringify(one));
				return await upload(lines, { dry_run: 'true' });
			},
		],
	])('is only checked in a dry run, in %s', async (_what, dryRun) => {
		expect(await dryRun()).toMatchObject({ status: 201, body: { status: 'VALIDATED' } });
		expect(await list()).toEqual([]);
		expect((await api.control.generationTotals()).created).toBe(0);
	});
});

describe('the life of a batch', () => {
	test('goes from its generations to its end', async () => {
		await api.control.configure({ ...STILL, batchPendingMs: 0 });
		const { id } = (await create()).body;
		expect((await get(id)).status).toBe('JOBS_CREATED');
		const [first] = (await api.ask<Generation[]>('/v2/generations?limit=1')).body;
		await api.control.endGeneration(first.id);
		expect(await get(id)).toMatchObject({
			status: 'PROCESSING',
			metrics: { success_count: 1, failed_count: 0, pending_count: 19 },
			outputUrl: '',
		});
		await api.control.endBatch(id);
		expect(await get(id)).toMatchObject({
			status: 'COMPLETED',
			metrics: { success_count: 20, failed_count: 0, pending_count: 0 },
			outputUrl: `${api.url}/v2/batches/${id}/result`,
		});
	});

	test('takes its course by itself', async () => {
		const soon = { batchPendingMs: 1, pendingMs: 1, processingMs: 1 };
		await api.control.configure(soon);
		const { id } = (await create({ webhook_url: `${api.url}/hook` })).body;
		await api.control.waitForDeliveries(1);
		expect((await get(id)).status).toBe('COMPLETED');
	});

	test('has the outcomes of generations', async () => {
		await api.control.configure(STILL);
		await api.control.nextOutcome({ status: 'FAILED', times: 1 });
		await api.control.nextOutcome({ status: 'REJECTED', times: 2 });
		const { id } = (await create()).body;
		await api.control.endBatch(id);
		expect(await get(id)).toMatchObject({
			status: 'COMPLETED',
			metrics: { success_count: 17, failed_count: 3, pending_count: 0 },
		});
	});

	test('ends as failed when nothing came of it', async () => {
		await api.control.configure(STILL);
		const { id } = (await create()).body;
		await api.control.endBatch(id, { status: 'FAILED' });
		expect((await get(id)).status).toBe('FAILED');
		expect(await resultOf(id)).toHaveLength(20);
	});

	test('takes no place of single generations', async () => {
		await api.control.configure({ ...STILL, batchPendingMs: 0, concurrency: 1 });
		await create();
		expect((await api.control.generationTotals()).active).toBe(20);
		expect((await api.generate()).status).toBe(201);
		expect((await api.generate()).status).toBe(429);
	});
});

describe('the result of a batch', () => {
	const ended = async (ending = {}) => {
		await api.control.configure(STILL);
		const { id } = (await create()).body;
		await api.control.endBatch(id, ending);
		return id;
	};

	test('is a file in the storage, which refuses the key', async () => {
		const { status, headers, body } = await askForResult(await ended());
		const location = headers.get('location') as string;
		expect({ status, body }).toEqual({ status: 302, body: '' });
		const response = await fetch(location);
		expect(response.headers.get('content-type')).toBe('application/x-ndjson');
		expect((await api.ask(location.slice(api.url.length))).status).toBe(400);
		expect(await api.provoked()).toHaveLength(1);
	});

	test('has a row for each generation, with its output', async () => {
		const id = await ended();
		const found = await resultOf<{ request_id: string; generation: Generation }>(id);
		expect(found.map(({ request_id }) => request_id)).toEqual(
			rows().map(({ request_id }) => request_id),
		);
		const { generation } = found[19];
		expect(generation).toMatchObject({ status: 'COMPLETED', error: null, errorCode: null });
		expect(generation.id).toBe((await api.generation(generation.id)).id);
		expect((await fetch(generation.outputUrl as string)).status).toBe(200);
	});

	test('says why a generation failed', async () => {
		const id = await ended({ status: 'FAILED', errorCode: 'generation_pipeline_failed' });
		const [{ generation }] = await resultOf<{ generation: Generation }>(id);
		expect(generation).toMatchObject({
			status: 'FAILED',
			outputUrl: null,
			errorCode: 'generation_pipeline_failed',
		});
	});

	test('can have flat rows', async () => {
		await api.control.configure({ batchResultRows: 'flat' });
		const [first] = await resultOf<object>(await ended());
		expect(first).toEqual({
			requestId: 'row-1',
			generationId: expect.any(String) as string,
			status: 'COMPLETED',
			outputMediaUrl: expect.stringContaining('/storage/') as string,
			error: null,
		});
	});

	test('is not there before the end', async () => {
		await api.control.configure(STILL);
		expect((await askForResult((await create()).body.id)).status).toBe(404);
	});
});

describe('the webhook of a batch', () => {
	test.each([
		['completed', 'COMPLETED'],
		['failed', 'FAILED'],
	] as const)('tells once that it %s, as the API has it', async (_what, status) => {
		await api.control.configure(STILL);
		// An address without anything: whether somebody listens makes no difference.
		const webhookUrl = `${api.url}/hook`;
		const { id } = (await create({ webhook_url: webhookUrl })).body;
		await api.control.endBatch(id, { status });
		await api.control.waitForDeliveries(1);
		const deliveries = await api.control.deliveries();
		const payloads = deliveries.map(({ body }) => JSON.parse(body) as Batch);
		expect(payloads).toEqual([await get(id)]);
		expect(payloads[0]).toMatchObject({ status, webhookUrl });
	});

	test('comes as well when all rows are rejected at once', async () => {
		await api.control.configure({ ...STILL, batchPendingMs: 0 });
		await api.control.nextOutcome({ status: 'REJECTED', pendingMs: 0 });
		const { id } = (await create({ webhook_url: `${api.url}/hook` })).body;
		await api.control.waitForDeliveries(1);
		const [{ body }] = await api.control.deliveries();
		expect(JSON.parse(body)).toMatchObject({ id, status: 'FAILED' });
	});

	test('is not sent when webhooks are lost', async () => {
		await api.control.configure({ ...STILL, webhooks: 'off' });
		const { id } = (await create({ webhook_url: `${api.url}/hook` })).body;
		await api.control.endBatch(id);
		expect((await get(id)).status).toBe('COMPLETED');
		expect((await api.control.totals()).byOperation).not.toHaveProperty('unknown');
	});
});

describe('the list of batches', () => {
	test('has the latest first, and of all members', async () => {
		await api.control.configure(STILL);
		const { body: first } = await create();
		const { body: second } = await create();
		expect(await list()).toEqual([second.id, first.id]);
		const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };
		expect(await list('', asColleague)).toEqual([second.id, first.id]);
	});

	test('can be of one status', async () => {
		await api.control.configure(STILL);
		const { body: over } = await create();
		const { body: pending } = await create();
		await api.control.endBatch(over.id);
		expect(await list('status=COMPLETED')).toEqual([over.id]);
		expect(await list('status=PENDING')).toEqual([pending.id]);
	});

	test('can be of a time', async () => {
		await api.control.configure(STILL);
		const made: Batch[] = [];
		while (made.length < 3) made.push((await create()).body);
		const [first, second, third] = made;
		expect(await list(`created_after=${first.created_at}`)).toEqual([third.id, second.id]);
		expect(await list(`created_before=${third.created_at}`)).toEqual([second.id, first.id]);
	});
});

describe('what is refused', () => {
	test.each([
		[19, 'rows must contain at least 20 elements'],
		[501, 'rows must contain no more than 500 elements'],
	])('%i rows, and that is noted', async (count, message) => {
		const answer = await create({ rows: rows(count) });
		expect(answer).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await api.provoked()).toHaveLength(1);
	});

	test('a row that is no request for a generation', async () => {
		const { status, body } = await create({ rows: rows(20, { 3: { endpoint: '/v2/tts' } }) });
		expect({ status, body }).toMatchObject({
			status: 400,
			body: { message: ['rows.3.endpoint must be equal to constant'] },
		});
		expect(await api.provoked()).toHaveLength(1);
	});

	test.each([400, 422] as const)(
		'the same request_id twice, with a %i',
		async (duplicateRowStatus) => {
			await api.control.configure({ duplicateRowStatus });
			const body = { statusCode: duplicateRowStatus, lineNumber: 5 };
			const answer = await create({ rows: rows(20, { 4: { request_id: 'row-2' } }) });
			expect(answer).toMatchObject({ status: duplicateRowStatus, body });
		},
	);

	test('a row with inputs that do not go together', async () => {
		const [video] = LIP_SYNC.input;
		const payload = { ...LIP_SYNC, input: [video, video] };
		expect(await create({ rows: rows(20, { 6: { payload } }) })).toMatchObject({
			status: 422,
			body: { errorCode: 'generation_input_too_many_visual', lineNumber: 7 },
		});
	});

	test('a line that is no JSON', async () => {
		const lines = rows().map((one) => JSON.stringify(one));
		const body = { message: 'Invalid JSON', lineNumber: 3 };
		expect(await upload(lines.with(2, '{'))).toMatchObject({ status: 400, body });
	});

	test('a form without a file, and that is noted', async () => {
		const body = new FormData();
		body.set('dry_run', 'true');
		const { status } = await api.ask('/v2/batch', { method: 'POST', body });
		expect(status).toBe(400);
		expect(await api.provoked()).toHaveLength(1);
	});

	test('more than 5 MB, in JSON and in a file', async () => {
		const script = 'x'.repeat(10_500);
		const lines = rows(500).map((one) => JSON.stringify({ ...one, script }));
		expect((await create({ script: script.repeat(500) })).status).toBe(413);
		expect((await create({ script: script.repeat(490) })).status).toBe(201);
		expect((await upload(lines)).status).toBe(413);
		expect((await upload(lines.slice(0, 450))).status).toBe(201);
	});

	test.each([402, 403] as const)('every batch, with a %i, on a lower plan', async (batchPlan) => {
		await api.control.configure({ batchPlan });
		const body = { errorCode: 'batch_plan_required' };
		expect(await create()).toMatchObject({ status: batchPlan, body });
	});

	test('a batch too many at once', async () => {
		await api.control.configure({ ...STILL, batchConcurrency: 1 });
		const { id } = (await create()).body;
		const body = { errorCode: 'concurrency_limit_reached' };
		expect(await create()).toMatchObject({ status: 429, body });
		await api.control.endBatch(id);
		expect((await create()).status).toBe(201);
	});

	test('a webhook that is not HTTPS, and that is noted', async () => {
		expect((await create({ webhook_url: 'http://example.com/hook' })).status).toBe(400);
		expect(await api.provoked()).toHaveLength(1);
	});
});
