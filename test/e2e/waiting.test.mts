import { localApi, type ExampleApi } from '../../demo/api.mts';
import { createCredentials } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { END_STATUSES, items } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { startN8n, type RunningN8n } from '../../n8n/server.mts';
import { SandboxClient } from '../../sandbox/client.mts';
import { signature, WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';
import { waitWorkflow } from './waitWorkflow.mts';

/** A first installation of n8n takes some minutes. */
const INSTALL_LIMIT = 30 * 60_000;
/** n8n looks once a minute for executions whose time has run out. */
const TIME_OUT_LIMIT = 150_000;

jest.setTimeout(TIME_OUT_LIMIT + 30_000);

describe.each(N8N_VERSIONS)('in n8n %s, an execution that waits for a webhook', (version) => {
	let api: ExampleApi;
	let sandbox: SandboxClient;
	let n8n: RunningN8n;
	let client: N8nClient;

	beforeAll(async () => {
		api = await localApi();
		sandbox = new SandboxClient(api.url);
		n8n = await startN8n({ version });
		client = await N8nClient.connect(n8n.url);
		await createCredentials(client, api);
	}, INSTALL_LIMIT);

	afterAll(async () => {
		await n8n?.stop();
		await api?.close();
	});

	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.nextOutcome({ pendingMs: null });
	});

	/** Starts the workflow. */
	async function start(...more: [parameters?: object, onError?: 'continueErrorOutput']) {
		return await client.start(await client.createWorkflow(waitWorkflow(api.url, ...(more as []))));
	}

	/** Starts the workflow and waits until it is suspended. */
	async function suspend(...more: Parameters<typeof start>) {
		const id = await start(...more);
		const execution = await client.waitForExecution(id, { until: ['waiting', ...END_STATUSES] });
		expect(execution.status).toBe('waiting');
		const [{ json }] = items(execution, 'Create');
		return { id, generation: json as unknown as Generation & { webhookUrl: string } };
	}

	/** Calls the webhook of a generation with news of its end. @param secret with which it is signed */
	async function call(
		{ webhookUrl, ...generation }: { webhookUrl: string },
		secret = WEBHOOK_SECRET,
		now = Date.now(),
	) {
		const body = JSON.stringify({ ...generation, webhookUrl, status: 'COMPLETED' });
		const headers = {
			'content-type': 'application/json',
			'sync-signature': signature(body, secret, Math.floor(now / 1000)),
		};
		return (await fetch(webhookUrl, { method: 'POST', headers, body })).status;
	}

	test('goes on with the finished generation when sync.so calls, and not again when it calls twice', async () => {
		const { id, generation } = await suspend();
		await sandbox.endGeneration(generation.id);
		const execution = await client.waitForExecution(id);
		expect(execution.status).toBe('success');
		expect(items(execution, 'Wait')).toMatchObject([
			{
				json: {
					id: generation.id,
					status: 'COMPLETED',
					outputUrl: expect.stringMatching(/^http/) as string,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect((await sandbox.deliver(generation.id)).status).toBe(409);
	});

	test('stays suspended when someone else calls, or the call is old', async () => {
		const { id, generation } = await suspend();
		const statuses = [
			await call(generation, 'whsec_someone_else'),
			await call(generation, WEBHOOK_SECRET, Date.now() - 3_600_000),
			await call({ ...generation, id: 'another' } as typeof generation),
		];
		expect(statuses).toEqual([401, 401, 401]);
		expect((await client.getExecution(id)).status).toBe('waiting');
		await sandbox.endGeneration(generation.id);
		expect((await client.waitForExecution(id)).status).toBe('success');
	});

	test('outlasts a restart of n8n', async () => {
		const { id, generation } = await suspend();
		await n8n.restart();
		client = await N8nClient.connect(n8n.url);
		await sandbox.endGeneration(generation.id);
		const execution = await client.waitForExecution(id);
		expect(items(execution, 'Wait')[0].json).toMatchObject({ status: 'COMPLETED' });
	});

	test('takes the error output when the generation fails, with the reason', async () => {
		const { id, generation } = await suspend({}, 'continueErrorOutput');
		const error = 'No face was found';
		await sandbox.endGeneration(generation.id, {
			status: 'FAILED',
			errorCode: 'generation_pipeline_failed',
			error,
		});
		const execution = await client.waitForExecution(id);
		expect(items(execution, 'Wait')).toEqual([]);
		expect(items(execution, 'Wait', 1)).toMatchObject([
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

	test('is not suspended at all when the generation has ended before', async () => {
		await sandbox.reset();
		const execution = await client.waitForExecution(await start());
		expect(execution.status).toBe('success');
		expect(items(execution, 'Wait')[0].json).toMatchObject({ status: 'COMPLETED' });
		// The call came while the execution was running, and n8n took no notice.
		await sandbox.waitForDeliveries(1);
		expect((await sandbox.deliveries())[0].status).toBeGreaterThanOrEqual(400);
	});

	test('goes on with its input when the time runs out, so that the state can be asked for', async () => {
		const settings = { options: { timeLimit: 0.1 } };
		const { id, generation } = await suspend(settings, 'continueErrorOutput');
		const execution = await client.waitForExecution(id, { timeout: TIME_OUT_LIMIT });
		expect(execution.status).toBe('success');
		for (const node of ['Wait', 'Get']) {
			expect(items(execution, node)).toMatchObject([
				{ json: { id: generation.id, status: 'PENDING' } },
			]);
		}
	});
});
