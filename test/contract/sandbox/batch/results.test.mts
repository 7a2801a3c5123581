import type { Generation } from '../../../../sandbox/generation/types.mts';
import { BatchLab, buildRows, PAUSED } from './batchLab.mts';

const api = new BatchLab();

describe('the result of a batch', () => {
	test('is a file in the storage, which rejects the API key', async () => {
		const { status, headers, body } = await api.requestResult(await api.createEndedBatch());
		const location = headers.get('location') as string;
		expect({ status, body }).toEqual({ status: 302, body: '' });
		const response = await fetch(location);
		expect(response.headers.get('content-type')).toBe('application/x-ndjson');
		expect((await api.request(location.slice(api.url.length))).status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test('has a row with the output of each generation', async () => {
		const id = await api.createEndedBatch();
		const found = await api.downloadRows<{ request_id: string; generation: Generation }>(id);
		expect(found.map(({ request_id }) => request_id)).toEqual(
			buildRows().map(({ request_id }) => request_id),
		);
		const { generation } = found[19];
		expect(generation).toMatchObject({ status: 'COMPLETED', error: null, errorCode: null });
		expect(generation.id).toBe((await api.getGeneration(generation.id)).id);
		expect((await fetch(generation.outputUrl as string)).status).toBe(200);
	});

	test('has the error of a generation that failed', async () => {
		const ending = { status: 'FAILED', errorCode: 'generation_pipeline_failed' } as const;
		const id = await api.createEndedBatch(ending);
		const [{ generation }] = await api.downloadRows<{ generation: Generation }>(id);
		expect(generation).toMatchObject({ ...ending, outputUrl: null });
	});

	test('can have flat rows', async () => {
		await api.control.configure({ batchResultRows: 'flat' });
		const [first] = await api.downloadRows<object>(await api.createEndedBatch());
		expect(first).toEqual({
			requestId: 'row-1',
			generationId: expect.any(String) as string,
			status: 'COMPLETED',
			outputMediaUrl: expect.stringContaining('/storage/') as string,
			error: null,
		});
	});

	test('does not exist before the batch has ended', async () => {
		await api.control.configure(PAUSED);
		const { id } = (await api.createBatch()).body;
		expect((await api.requestResult(id)).status).toBe(404);
	});
});
