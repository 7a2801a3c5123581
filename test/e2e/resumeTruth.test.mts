import { localApi, type ExampleApi } from '../../demo/api.mts';
import { createCredentials } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { END_STATUSES, items, nodeError } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { startN8n, type RunningN8n } from '../../n8n/server.mts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';
import { SandboxClient } from '../../sandbox/client.mts';
import { signature, WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import { generationsOf } from './generationsOf.mts';
import { resumeWorkflow, type ResumeSettings } from './resumeWorkflow.mts';

/** A first installation of n8n takes some minutes. */
const INSTALL_LIMIT = 30 * 60_000;

/** The credential whose secret was replaced at sync.so. */
const OLD_SECRET = 'Sync API with an Old Secret';

/** Where a forged call says that the video is. */
const FORGED_URL = 'https://www.example.com/forged.mp4';

/** How a call is signed. */
interface Signing {
	secret?: string;
	/** How long ago, in seconds. */
	age?: number;
	/** Whether it is signed at all. */
	isSigned?: boolean;
}

/** Calls whose signature proves nothing. */
const UNPROVEN: Array<[string, Signing]> = [
	['a signature with another secret', { secret: 'whsec_someone_else' }],
	['a signature ten minutes old', { age: 600 }],
	['a signature ten minutes ahead', { age: -600 }],
	['no signature', { isSigned: false }],
];

const [[, UNPROVEN_CALL]] = UNPROVEN;

jest.setTimeout(60_000);

describe.each(N8N_VERSIONS)('in n8n %s', (version) => {
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
		const data = { apiKey: api.apiKey, baseUrl: api.url, webhookSecret: 'whsec_old' };
		await client.createCredential({ name: OLD_SECRET, type: 'syncApi', data });
	}, INSTALL_LIMIT);

	afterAll(async () => {
		await n8n?.stop();
		await api?.close();
	});

	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.nextOutcome({ pendingMs: null });
	});

	/** Runs a workflow until it is suspended or has ended. */
	async function run(settings: ResumeSettings = {}) {
		const id = await client.start(await client.createWorkflow(resumeWorkflow(settings)));
		return await client.waitForExecution(id, { until: ['waiting', ...END_STATUSES] });
	}

	/** Runs a workflow until it is suspended, and gives the generation that it waits for. */
	async function suspend(settings: ResumeSettings = {}) {
		const { id, status } = await run(settings);
		expect(status).toBe('waiting');
		const [generation] = await generationsOf(api);
		return { id, generation };
	}

	const statusOf = async (id: string) => (await client.getExecution(id)).status;

	/** Ends a generation without a call by sync.so. */
	async function endSilently({ id }: Generation, ...ending: [object?]) {
		await sandbox.configure({ webhooks: 'off' });
		await sandbox.endGeneration(id, ...ending);
	}

	/** Makes the API unreachable for those who ask for the state of a generation. */
	async function hideState() {
		const match = { operationId: 'getGeneration' };
		await sandbox.addFault({ match, kind: 'status', status: 503, body: '' });
	}

	/** Calls the resume URL with the news that a generation is COMPLETED, and gives the status of the answer. */
	async function call(
		generation: Generation,
		{ secret = WEBHOOK_SECRET, age = 0, isSigned = true }: Signing = {},
	) {
		const news = { ...generation, status: 'COMPLETED', outputUrl: FORGED_URL };
		const body = JSON.stringify(news);
		const signed = signature(body, secret, Math.floor(Date.now() / 1000) - age);
		const headers = {
			'content-type': 'application/json',
			...(isSigned && { 'sync-signature': signed }),
		};
		return (await fetch(`${generation.webhookUrl}`, { method: 'POST', headers, body })).status;
	}

	describe('a call that proves nothing', () => {
		test.each(UNPROVEN)(
			'(%s) resumes with the state from the API when the generation has ended',
			async (_what, signing) => {
				const { id, generation } = await suspend();
				await endSilently(generation);
				expect(await call(generation, signing)).toBe(200);
				const execution = await client.waitForExecution(id);
				expect(execution.status).toBe('success');
				const [{ json }] = items(execution, 'Wait');
				expect(json).toMatchObject({ id: generation.id, status: 'COMPLETED' });
				expect(json.outputUrl).toContain(api.url);
			},
		);

		test('cannot make a generation that FAILED look COMPLETED', async () => {
			const { id, generation } = await suspend({ wait: { ifFailed: 'returnItem' } });
			await endSilently(generation, { status: 'FAILED' });
			expect(await call(generation, UNPROVEN_CALL)).toBe(200);
			const [{ json }] = items(await client.waitForExecution(id), 'Wait');
			expect(json).toMatchObject({ id: generation.id, status: 'FAILED', outputUrl: null });
		});

		test.each(UNPROVEN)(
			'(%s) is refused with 401 while the generation has not ended',
			async (_what, signing) => {
				const { id, generation } = await suspend();
				expect(await call(generation, signing)).toBe(401);
				expect(await statusOf(id)).toBe('waiting');
			},
		);

		test('is refused with 503 while the API cannot be reached', async () => {
			const { id, generation } = await suspend();
			await endSilently(generation);
			await hideState();
			expect(await call(generation, UNPROVEN_CALL)).toBe(503);
			expect(await statusOf(id)).toBe('waiting');
		});
	});

	describe('when the credential has an old webhook secret', () => {
		test('a call from sync.so resumes', async () => {
			const { id, generation } = await suspend({ credential: OLD_SECRET });
			await sandbox.endGeneration(generation.id);
			await sandbox.waitForDeliveries(1);
			expect((await sandbox.deliveries()).map(({ status }) => status)).toEqual([200]);
			expect((await client.waitForExecution(id)).status).toBe('success');
		});

		test('a signature with the secret from the API is enough', async () => {
			const { id, generation } = await suspend({ credential: OLD_SECRET });
			// The state would resume the execution, too.
			await hideState();
			expect(await call(generation)).toBe(200);
			const [{ json }] = items(await client.waitForExecution(id), 'Wait');
			expect(json).toMatchObject({ id: generation.id, status: 'COMPLETED' });
		});
	});

	test.each([
		['no', 'Sync API'],
		['an old', OLD_SECRET],
	])(
		'with %s webhook secret in the credential, bad calls make n8n request it once at most',
		async (_which, credential) => {
			const { id, generation } = await suspend({ credential });
			const asked = async () => (await sandbox.totals()).byOperation.getWebhookSecret ?? 0;
			const before = await asked();
			for (let calls = 0; calls < 5; calls++) {
				expect(await call(generation, UNPROVEN_CALL)).toBe(401);
			}
			await sandbox.endGeneration(generation.id);
			expect((await client.waitForExecution(id, { timeout: 10_000 })).status).toBe('success');
			expect((await asked()) - before).toBeLessThanOrEqual(1);
		},
	);

	describe('Wait for Webhook', () => {
		test('ends with an error when the generation was created without Resume by Webhook', async () => {
			const execution = await run({ create: { wait: 'no' } });
			expect(execution.status).toBe('error');
			expect(nodeError(execution, 'Wait')?.message).toMatch(/no webhook URL/i);
		});

		test('ends with an error when the generation resumes another execution', async () => {
			await run({ wait: null });
			const [{ id: value, webhookUrl }] = await generationsOf(api);
			expect(webhookUrl).toContain('/webhook-waiting/');
			const execution = await run({
				create: null,
				wait: { generationId: { __rl: true, mode: 'id', value } },
			});
			expect(execution.status).toBe('error');
			expect(nodeError(execution, 'Wait')?.message).toMatch(/another execution/i);
		});

		test('is suspended even if the first look at the generation fails, and resumes', async () => {
			const match = { operationId: 'getGeneration' };
			await sandbox.addFault({ match, kind: 'status', status: 503, body: '', times: 1 });
			const { id, generation } = await suspend({ wait: { options: { maxRetries: 0 } } });
			await sandbox.endGeneration(generation.id);
			expect((await client.waitForExecution(id)).status).toBe('success');
		});
	});

	test('the item of Create does not give away the resume URL', async () => {
		const execution = await run({ wait: null });
		const [{ webhookUrl }] = await generationsOf(api);
		expect(webhookUrl).toContain('/webhook-waiting/');
		const [item] = items(execution, 'Create');
		expect(item.json).toHaveProperty('webhookUrl', null);
		const text = JSON.stringify(item);
		// n8n 2.x signs the URL.
		const signatures = new URL(String(webhookUrl)).searchParams.values();
		for (const part of ['/webhook-waiting/', ...signatures]) expect(text).not.toContain(part);
	});
});
