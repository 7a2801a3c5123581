import { END_STATUSES, getItems, getNodeError } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { byId } from '../../n8n/syncNodes.mts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';
import { createSignature, WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import { listGenerations } from './listGenerations.mts';
import { useN8n } from './n8nLab.mts';
import { buildResumeWorkflow, type ResumeSettings } from './resumeWorkflow.mts';

/** The name of a credential whose secret was replaced on sync.so. */
const OLD_SECRET = 'Sync API with an Old Secret';

/** The video URL in a forged call. */
const FORGED_URL = 'https://www.example.com/forged.mp4';

/** How a call is signed. */
interface Signing {
	secret?: string;
	/** How long ago the call was signed, in seconds. */
	age?: number;
	/** Whether the call is signed. */
	isSigned?: boolean;
}

/** Signatures with which a call cannot be verified. */
const UNVERIFIED: Array<[string, Signing]> = [
	['a signature with another secret', { secret: 'whsec_someone_else' }],
	['a signature ten minutes old', { age: 600 }],
	['a signature ten minutes ahead', { age: -600 }],
	['no signature', { isSigned: false }],
];

const [[, UNVERIFIED_CALL]] = UNVERIFIED;

jest.setTimeout(60_000);

describe.each(N8N_VERSIONS)('in n8n %s', (version) => {
	const lab = useN8n({ version });

	beforeAll(async () => {
		const { apiKey, url: baseUrl } = lab.api;
		const data = { apiKey, baseUrl, webhookSecret: 'whsec_old' };
		await lab.client.createCredential({ name: OLD_SECRET, type: 'syncApi', data });
	});

	beforeEach(async () => await lab.control.addOutcome({ pendingMs: null }));

	/** Runs a workflow until it is suspended or ends. */
	async function run(settings: ResumeSettings = {}) {
		const id = await lab.client.start(
			await lab.client.createWorkflow(buildResumeWorkflow(settings)),
		);
		return await lab.client.waitForExecution(id, { until: ['waiting', ...END_STATUSES] });
	}

	/** Runs a workflow until it is suspended. Returns the generation that it waits for. */
	async function suspend(settings: ResumeSettings = {}) {
		const { id, status } = await run(settings);
		expect(status).toBe('waiting');
		const [generation] = await listGenerations(lab.api);
		return { id, generation };
	}

	const getStatus = async (id: string) => (await lab.client.getExecution(id)).status;

	/** Ends a generation without a call by sync.so. */
	async function endSilently({ id }: Generation, ...ending: [object?]) {
		await lab.control.configure({ webhooks: 'off' });
		await lab.control.endGeneration(id, ...ending);
	}

	/** Makes the state of generations unavailable. */
	async function hideState() {
		const match = { operationId: 'getGeneration' };
		await lab.control.addFault({ match, kind: 'status', status: 503, body: '' });
	}

	/** Calls the resume URL to say that a generation is COMPLETED. Returns the status of the response. */
	async function call(
		generation: Generation,
		{ secret = WEBHOOK_SECRET, age = 0, isSigned = true }: Signing = {},
	) {
		const news = { ...generation, status: 'COMPLETED', outputUrl: FORGED_URL };
		const body = JSON.stringify(news);
		const signed = createSignature(body, secret, Math.floor(Date.now() / 1000) - age);
		const headers = {
			'content-type': 'application/json',
			...(isSigned && { 'sync-signature': signed }),
		};
		return (await fetch(`${generation.webhookUrl}`, { method: 'POST', headers, body })).status;
	}

	describe('a call that cannot be verified', () => {
		test.each(UNVERIFIED)(
			'with %s resumes with the state from the API if the generation is finished',
			async (_what, signing) => {
				const { id, generation } = await suspend();
				await endSilently(generation);
				expect(await call(generation, signing)).toBe(200);
				const execution = await lab.client.waitForExecution(id);
				expect(execution.status).toBe('success');
				const [{ json }] = getItems(execution, 'Wait');
				expect(json).toMatchObject({ id: generation.id, status: 'COMPLETED' });
				expect(json.outputUrl).toContain(lab.api.url);
			},
		);

		test('cannot make a FAILED generation look COMPLETED', async () => {
			const { id, generation } = await suspend({ wait: { ifFailed: 'returnItem' } });
			await endSilently(generation, { status: 'FAILED' });
			expect(await call(generation, UNVERIFIED_CALL)).toBe(200);
			const [{ json }] = getItems(await lab.client.waitForExecution(id), 'Wait');
			expect(json).toMatchObject({ id: generation.id, status: 'FAILED', outputUrl: null });
		});

		test.each(UNVERIFIED)(
			'with %s is rejected with 401 before the generation is finished',
			async (_what, signing) => {
				const { id, generation } = await suspend();
				expect(await call(generation, signing)).toBe(401);
				expect(await getStatus(id)).toBe('waiting');
			},
		);

		test('is rejected with 503 if the API is down', async () => {
			const { id, generation } = await suspend();
			await endSilently(generation);
			await hideState();
			expect(await call(generation, UNVERIFIED_CALL)).toBe(503);
			expect(await getStatus(id)).toBe('waiting');
		});
	});

	describe('if the credential has an old webhook secret', () => {
		test('a call from sync.so resumes', async () => {
			const { id, generation } = await suspend({ credential: OLD_SECRET });
			await lab.control.endGeneration(generation.id);
			await lab.control.waitForDeliveries(1);
			expect((await lab.control.listDeliveries()).map(({ status }) => status)).toEqual([200]);
			expect((await lab.client.waitForExecution(id)).status).toBe('success');
		});

		test('a signature with the secret from the API is enough', async () => {
			const { id, generation } = await suspend({ credential: OLD_SECRET });
			// Otherwise, the state would resume the execution as well.
			await hideState();
			expect(await call(generation)).toBe(200);
			const [{ json }] = getItems(await lab.client.waitForExecution(id), 'Wait');
			expect(json).toMatchObject({ id: generation.id, status: 'COMPLETED' });
		});
	});

	test.each([
		['no', 'Sync API'],
		['an old', OLD_SECRET],
	])(
		'with %s webhook secret in the credential, invalid calls make n8n request the secret at most once',
		async (_which, credential) => {
			const { id, generation } = await suspend({ credential });
			const countSecretRequests = async () =>
				(await lab.control.getTotals()).byOperation.getWebhookSecret ?? 0;
			const before = await countSecretRequests();
			for (let calls = 0; calls < 5; calls++) {
				expect(await call(generation, UNVERIFIED_CALL)).toBe(401);
			}
			await lab.control.endGeneration(generation.id);
			expect((await lab.client.waitForExecution(id, { timeout: 10_000 })).status).toBe('success');
			expect((await countSecretRequests()) - before).toBeLessThanOrEqual(1);
		},
	);

	describe('Wait for Webhook', () => {
		test('ends with an error if the generation was created without Resume by Webhook', async () => {
			const execution = await run({ create: { wait: 'no' } });
			expect(execution.status).toBe('error');
			expect(getNodeError(execution, 'Wait')?.message).toMatch(/no webhook URL/i);
		});

		test('ends with an error if the generation resumes another execution', async () => {
			await run({ wait: null });
			const [{ id, webhookUrl }] = await listGenerations(lab.api);
			expect(webhookUrl).toContain('/webhook-waiting/');
			const execution = await run({
				create: null,
				wait: { generationId: byId(id) },
			});
			expect(execution.status).toBe('error');
			expect(getNodeError(execution, 'Wait')?.message).toMatch(/another execution/i);
		});

		test('is suspended and resumes even if its first request fails', async () => {
			const match = { operationId: 'getGeneration' };
			await lab.control.addFault({ match, kind: 'status', status: 503, body: '', times: 1 });
			const { id, generation } = await suspend({ wait: { options: { maxRetries: 0 } } });
			await lab.control.endGeneration(generation.id);
			expect((await lab.client.waitForExecution(id)).status).toBe('success');
		});
	});

	test('the item of Create does not contain the resume URL', async () => {
		const execution = await run({ wait: null });
		const [{ webhookUrl }] = await listGenerations(lab.api);
		expect(webhookUrl).toContain('/webhook-waiting/');
		const [item] = getItems(execution, 'Create');
		expect(item.json).toHaveProperty('webhookUrl', null);
		const text = JSON.stringify(item);
		// n8n 2.x signs the URL.
		const signatures = new URL(String(webhookUrl)).searchParams.values();
		for (const part of ['/webhook-waiting/', ...signatures]) expect(text).not.toContain(part);
	});
});
