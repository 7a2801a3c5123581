import { N8nClient } from '../../n8n/client.mts';
import { END_STATUSES, getItems } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';
import { createSignature, WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import { useN8n } from './n8nLab.mts';
import { buildWaitWorkflow } from './waitWorkflow.mts';

/** How long (ms) n8n may take to resume an execution after its time limit. It checks once a minute. */
const RESUME_LIMIT = 150_000;

jest.setTimeout(RESUME_LIMIT + 30_000);

describe.each(N8N_VERSIONS)('in n8n %s, an execution that waits for a webhook', (version) => {
	const lab = useN8n({ version });

	beforeEach(async () => await lab.control.addOutcome({ pendingMs: null }));

	async function start(...more: [parameters?: object, onError?: 'continueErrorOutput']) {
		return await lab.client.start(
			await lab.client.createWorkflow(buildWaitWorkflow(lab.api.url, ...(more as []))),
		);
	}

	/** Starts the workflow and waits until it is suspended. */
	async function suspend(...more: Parameters<typeof start>) {
		const id = await start(...more);
		const execution = await lab.client.waitForExecution(id, {
			until: ['waiting', ...END_STATUSES],
		});
		expect(execution.status).toBe('waiting');
		const [{ json }] = getItems(execution, 'Create');
		return { id, generation: json as unknown as Generation & { webhookUrl: string } };
	}

	/** Calls the webhook of a generation to say that it is finished. @param secret that signs the call */
	async function call(
		{ webhookUrl, ...generation }: { webhookUrl: string },
		secret = WEBHOOK_SECRET,
		now = Date.now(),
	) {
		const body = JSON.stringify({ ...generation, webhookUrl, status: 'COMPLETED' });
		const headers = {
			'content-type': 'application/json',
			'sync-signature': createSignature(body, secret, Math.floor(now / 1000)),
		};
		return (await fetch(webhookUrl, { method: 'POST', headers, body })).status;
	}

	test('resumes with the finished generation when sync.so calls, and ignores a second call', async () => {
		const { id, generation } = await suspend();
		await lab.control.endGeneration(generation.id);
		const execution = await lab.client.waitForExecution(id);
		expect(execution.status).toBe('success');
		expect(getItems(execution, 'Wait')).toMatchObject([
			{
				json: {
					id: generation.id,
					status: 'COMPLETED',
					outputUrl: expect.stringMatching(/^http/) as string,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect((await lab.control.sendWebhook(generation.id)).status).toBe(409);
	});

	test('stays suspended if the signature of the call is invalid or too old', async () => {
		const { id, generation } = await suspend();
		const statuses = [
			await call(generation, 'whsec_someone_else'),
			await call(generation, WEBHOOK_SECRET, Date.now() - 3_600_000),
			await call({ ...generation, id: 'another' } as typeof generation),
		];
		expect(statuses).toEqual([401, 401, 401]);
		expect((await lab.client.getExecution(id)).status).toBe('waiting');
		await lab.control.endGeneration(generation.id);
		expect((await lab.client.waitForExecution(id)).status).toBe('success');
	});

	test('survives a restart of n8n', async () => {
		const { id, generation } = await suspend();
		await lab.n8n.restart();
		lab.client = await N8nClient.connect(lab.n8n.url);
		await lab.control.endGeneration(generation.id);
		const execution = await lab.client.waitForExecution(id);
		expect(getItems(execution, 'Wait')[0].json).toMatchObject({ status: 'COMPLETED' });
	});

	test('outputs an error with the reason if the generation fails', async () => {
		const { id, generation } = await suspend({}, 'continueErrorOutput');
		const error = 'No face was found';
		await lab.control.endGeneration(generation.id, {
			status: 'FAILED',
			errorCode: 'generation_pipeline_failed',
			error,
		});
		const execution = await lab.client.waitForExecution(id);
		expect(getItems(execution, 'Wait')).toEqual([]);
		expect(getItems(execution, 'Wait', 1)).toMatchObject([
			{
				json: {
					error: {
						message: expect.stringContaining(error) as string,
						errorCode: 'generation_pipeline_failed',
						generationId: generation.id,
						status: 'FAILED',
					},
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('is not suspended if the generation is already finished', async () => {
		await lab.control.reset();
		const execution = await lab.client.waitForExecution(await start());
		expect(execution.status).toBe('success');
		expect(getItems(execution, 'Wait')[0].json).toMatchObject({ status: 'COMPLETED' });
		// The call came while the execution was running, so n8n rejected it.
		await lab.control.waitForDeliveries(1);
		expect((await lab.control.listDeliveries())[0].status).toBeGreaterThanOrEqual(400);
	});

	test('resumes with its input after the time limit, so that a later node can get the state', async () => {
		const settings = { options: { timeLimit: 0.1 } };
		const { id, generation } = await suspend(settings, 'continueErrorOutput');
		const execution = await lab.client.waitForExecution(id, { timeout: RESUME_LIMIT });
		expect(execution.status).toBe('success');
		for (const node of ['Wait', 'Get']) {
			expect(getItems(execution, node)).toMatchObject([
				{ json: { id: generation.id, status: 'PENDING' } },
			]);
		}
	});
});
