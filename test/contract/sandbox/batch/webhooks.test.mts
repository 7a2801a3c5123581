import { type Batch, BatchLab, PAUSED } from './batchLab.mts';

const api = new BatchLab();

/** Creates a batch with a webhook. Nothing listens at its URL, which makes no difference here. */
const createWithWebhook = async (): Promise<Batch> =>
	(await api.createBatch({ webhook_url: `${api.url}/hook` })).body;

describe('the webhook of a batch', () => {
	test.each(['COMPLETED', 'FAILED'] as const)(
		'is sent once when the batch is %s, with the batch as its body',
		async (status) => {
			await api.control.configure(PAUSED);
			const { id, webhookUrl } = await createWithWebhook();
			await api.control.endBatch(id, { status });
			await api.control.waitForDeliveries(1);
			const deliveries = await api.control.listDeliveries();
			const payloads = deliveries.map(({ body }) => JSON.parse(body) as Batch);
			expect(payloads).toEqual([await api.getBatch(id)]);
			expect(payloads[0]).toMatchObject({ status, webhookUrl });
		},
	);

	test('is also sent if all rows are rejected immediately', async () => {
		await api.control.configure({ ...PAUSED, batchPendingMs: 0 });
		await api.control.addOutcome({ status: 'REJECTED', pendingMs: 0 });
		const { id } = await createWithWebhook();
		await api.control.waitForDeliveries(1);
		const [{ body }] = await api.control.listDeliveries();
		expect(JSON.parse(body)).toMatchObject({ id, status: 'FAILED' });
	});

	test('is not sent if webhooks are lost', async () => {
		await api.control.configure({ ...PAUSED, webhooks: 'off' });
		const { id } = await createWithWebhook();
		await api.control.endBatch(id);
		expect((await api.getBatch(id)).status).toBe('COMPLETED');
		expect((await api.control.getTotals()).byOperation).not.toHaveProperty('unknown');
	});
});
