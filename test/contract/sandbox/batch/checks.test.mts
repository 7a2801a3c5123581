import { LIP_SYNC_REQUEST } from '../apiLab.mts';
import { BatchLab, buildRows, PAUSED, toLines } from './batchLab.mts';

const api = new BatchLab();

describe('creating a batch fails for', () => {
	test.each([
		[19, 'rows must contain at least 20 elements'],
		[501, 'rows must contain no more than 500 elements'],
	])('%i rows, as a violation', async (count, message) => {
		const response = await api.createBatch({ rows: buildRows(count) });
		expect(response).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test('a row with another endpoint, as a violation', async () => {
		const invalid = buildRows(20, { 3: { endpoint: '/v2/tts' } });
		expect(await api.createBatch({ rows: invalid })).toMatchObject({
			status: 400,
			body: { message: ['rows.3.endpoint must be equal to constant'] },
		});
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test.each([400, 422] as const)(
		'two rows with the same request_id, with status %i',
		async (duplicateRowStatus) => {
			await api.control.configure({ duplicateRowStatus });
			const duplicate = buildRows(20, { 4: { request_id: 'row-2' } });
			expect(await api.createBatch({ rows: duplicate })).toMatchObject({
				status: duplicateRowStatus,
				body: { statusCode: duplicateRowStatus, lineNumber: 5 },
			});
		},
	);

	test("a row whose inputs can't be combined", async () => {
		const [video] = LIP_SYNC_REQUEST.input;
		const payload = { ...LIP_SYNC_REQUEST, input: [video, video] };
		expect(await api.createBatch({ rows: buildRows(20, { 6: { payload } }) })).toMatchObject({
			status: 422,
			body: { errorCode: 'generation_input_too_many_visual', lineNumber: 7 },
		});
	});

	test('a line that is not JSON', async () => {
		const body = { message: 'Invalid JSON', lineNumber: 3 };
		const lines = toLines(buildRows()).with(2, '{');
		expect(await api.uploadBatch(lines)).toMatchObject({ status: 400, body });
	});

	test('a form without a file, as a violation', async () => {
		const body = new FormData();
		body.set('dry_run', 'true');
		expect((await api.request('/v2/batch', { method: 'POST', body })).status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test('more than 5 MB of JSON', async () => {
		const script = 'x'.repeat(10_500);
		expect((await api.createBatch({ script: script.repeat(500) })).status).toBe(413);
		expect((await api.createBatch({ script: script.repeat(490) })).status).toBe(201);
	});

	test('a file of more than 5 MB', async () => {
		const script = 'x'.repeat(10_500);
		const lines = toLines(buildRows(500).map((row) => ({ ...row, script })));
		expect((await api.uploadBatch(lines)).status).toBe(413);
		expect((await api.uploadBatch(lines.slice(0, 450))).status).toBe(201);
	});

	test.each([402, 403] as const)('a lower plan, with status %i', async (batchPlan) => {
		await api.control.configure({ batchPlan });
		const body = { errorCode: 'batch_plan_required' };
		expect(await api.createBatch()).toMatchObject({ status: batchPlan, body });
	});

	test('too many batches at the same time', async () => {
		await api.control.configure({ ...PAUSED, batchConcurrency: 1 });
		const { id } = (await api.createBatch()).body;
		const body = { errorCode: 'concurrency_limit_reached' };
		expect(await api.createBatch()).toMatchObject({ status: 429, body });
		await api.control.endBatch(id);
		expect((await api.createBatch()).status).toBe(201);
	});

	test('a webhook URL that is not HTTPS, as a violation', async () => {
		expect((await api.createBatch({ webhook_url: 'http://example.com/hook' })).status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});
});
