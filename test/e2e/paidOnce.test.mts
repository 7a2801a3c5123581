import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { localApi, type ExampleApi } from '../../demo/api.mts';
import { createCredentials } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { items, nodeError, type Execution } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { startN8n, type RunningN8n } from '../../n8n/server.mts';
import { waitFor } from '../../n8n/wait.mts';
import { SandboxClient } from '../../sandbox/client.mts';
import type { Fault } from '../../sandbox/core/faults.mts';
import { generationsOf } from './generationsOf.mts';
import { paidWorkflow, takes } from './paidWorkflow.mts';

/** A first installation of n8n takes some minutes. */
const INSTALL_LIMIT = 30 * 60_000;

/** The limit (ms) for what should happen immediately. */
const SOON = 10_000;

jest.setTimeout(60_000);

/** Every point at which a request that creates a generation can break. */
const BREAKS: Array<[string, Partial<Fault>]> = [
	['is reset before sync.so acts', { kind: 'reset' }],
	['is reset after sync.so acted', { kind: 'reset', after: true }],
	['is cut off in the middle of the answer', { kind: 'cut', after: true }],
	['gets no answer, and sync.so did nothing', { kind: 'hang' }],
	['gets no answer, but sync.so acted', { kind: 'hang', after: true }],
	['gets a 502 before sync.so acts', { kind: 'status', status: 502, body: '<html></html>' }],
	['gets a 504 after sync.so acted', { kind: 'status', status: 504, body: '', after: true }],
	['gets a 500 before sync.so acts', { kind: 'status', status: 500, body: '' }],
	['gets a 500 after sync.so acted', { kind: 'status', status: 500, body: '', after: true }],
];

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
	}, INSTALL_LIMIT);

	afterAll(async () => {
		await n8n?.stop();
		await api?.close();
	});

	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.configure({ concurrency: null });
	});

	/** Runs a workflow and expects it to fail. */
	async function runToError(...workflow: Parameters<typeof paidWorkflow>): Promise<Execution> {
		const execution = await client.run(await client.createWorkflow(paidWorkflow(...workflow)));
		expect(execution.status).toBe('error');
		return execution;
	}

	/** Retries a failed execution and gives the new one. */
	async function retry({ id }: Execution, loadWorkflow = false): Promise<Execution> {
		return await client.getExecution(await client.retryExecution(id, { loadWorkflow }));
	}

	/** The output of the node Create. */
	const made = (execution: Execution) => items(execution, 'Create').map(({ json }) => json);

	/** The generations that exist, in the order of their items. */
	const existing = async () => await generationsOf(api);

	const existingIds = async () => (await existing()).map(({ id }) => id);

	/** Has sync.so reject one of the requests that match. */
	async function reject(match: Fault['match'], more: Partial<Fault> = {}) {
		const body = { statusCode: 422, message: 'The input was rejected' };
		await sandbox.addFault({ match, kind: 'status', status: 422, body, times: 1, ...more });
	}

	/** The requests of an operation that succeeded. */
	async function successes(operationId: string) {
		const requests = await sandbox.requests();
		return requests.filter(
			(request) => request.operationId === operationId && `${request.status}`.startsWith('2'),
		);
	}

	describe('when sync.so rejects the second of three generations', () => {
		beforeEach(async () => {
			const match = { operationId: 'createGeneration', bodyContains: 'take_2' };
			// By then, the other requests are answered.
			await reject(match, { delayMs: 500 });
		});

		test('the error lists the generations that exist already', async () => {
			const execution = await runToError('generation', takes(3));
			const { description, context } = nodeError(execution, 'Create') as NodeApiError;
			const expected = (await existing()).map(({ id, outputFileName }) => ({
				item: takes(3).indexOf(outputFileName as string),
				generationId: id,
			}));
			expect(expected).not.toEqual([]);
			for (const { generationId } of expected) expect(description).toContain(generationId);
			const { created } = (context.data ?? {}) as { created?: IDataObject[] };
			expect(created).toHaveLength(expected.length);
			expect(created).toEqual(expect.arrayContaining(expected));
		});

		test.each([
			['as it was', false],
			['as it is saved now', true],
		])('Retry with the workflow %s creates only what is missing', async (_which, loadWorkflow) => {
			const first = await runToError('generation', takes(3));
			const before = await existingIds();
			expect(before).not.toEqual([]);
			const second = await retry(first, loadWorkflow);
			expect((await sandbox.generationTotals()).created).toBe(3);
			expect(second.status).toBe('success');
			expect(made(second).map(({ outputFileName }) => outputFileName)).toEqual(takes(3));
			expect(made(second).map(({ id }) => id)).toEqual(await existingIds());
			expect(await existingIds()).toEqual(expect.arrayContaining(before));
		});
	});

	test('nothing more is sent after sync.so has rejected a request', async () => {
		await reject({ operationId: 'createGeneration' }, { skip: 1 });
		await runToError('generation', takes(3), { options: { maxConcurrent: 1 } });
		expect((await sandbox.totals()).byOperation.createGeneration).toBe(2);
	});

	test('Retry creates a generation that FAILED again, and only that one', async () => {
		await sandbox.nextOutcome({ match: { bodyContains: 'take_2' }, pendingMs: null, times: 1 });
		const json = paidWorkflow('generation', takes(3), { wait: 'inNode' });
		const id = await client.start(await client.createWorkflow(json));
		const before = await waitFor(
			async () => ((await existingIds()).length === 3 ? await existingIds() : undefined),
			SOON,
			() => 'the three generations do not exist',
		);
		await sandbox.endGeneration(before[1], { status: 'FAILED', error: 'No face was found' });
		const first = await client.waitForExecution(id);
		expect(first.status).toBe('error');
		const second = await retry(first);
		expect((await sandbox.generationTotals()).created).toBe(4);
		expect(second.status).toBe('success');
		const [one, two, three] = made(second);
		expect([one.id, three.id]).toEqual([before[0], before[2]]);
		expect(two).toMatchObject({ outputFileName: 'take_2', status: 'COMPLETED' });
	});

	describe.each(BREAKS)('when a request %s', (_point, fault) => {
		test('Retry ends with exactly one generation', async () => {
			const match = { operationId: 'createGeneration' };
			await sandbox.addFault({ match, kind: 'reset', times: 1, ...fault });
			const first = await runToError('generation', takes(1), { options: { timeout: 2 } });
			const second = await retry(first);
			expect((await sandbox.generationTotals()).created).toBe(1);
			expect(second.status).toBe('success');
			expect(made(second).map(({ id }) => id)).toEqual(await existingIds());
		});
	});

	test('nothing is created when one of the items is wrong', async () => {
		const execution = await runToError('generation', takes(3), {
			visualSource: 'url',
			visualUrl: '={{ $json.take === "take_2" ? "" : "https://www.example.com/interview.mp4" }}',
		});
		expect((await sandbox.generationTotals()).created).toBe(0);
		expect(nodeError(execution, 'Create')).toMatchObject({ context: { itemIndex: 1 } });
	});

	test.each([
		['speech', 'createTts', 'script'],
		['voice', 'cloneVoice', 'name'],
	] as const)(
		'Retry does not pay again for a %s that exists already',
		async (resource, operationId, field) => {
			await reject({ operationId, bodyContains: 'take_2' });
			const first = await runToError(resource, takes(2));
			const second = await retry(first);
			const paid = (await successes(operationId)).map(({ body }) => (body as IDataObject)[field]);
			expect(paid).toEqual(takes(2));
			expect(second.status).toBe('success');
			expect(made(second)).toHaveLength(2);
		},
	);

	test.each([
		['speech', 'createTts', 1],
		['batch', 'createBatch', 20],
	] as const)(
		'Retry does not send a %s again when its answer was lost, and says that it may have been created',
		async (resource, operationId, count) => {
			const match = { operationId };
			await sandbox.addFault({ match, kind: 'cut', after: true, times: 1 });
			const second = await retry(await runToError(resource, takes(count)));
			expect((await sandbox.totals()).byOperation[operationId]).toBe(1);
			expect(nodeError(second, 'Create')).toMatchObject({
				message: expect.stringContaining('may have been created') as string,
			});
		},
	);

	test('a voice whose answer was lost is found by its name, and not cloned again', async () => {
		const match = { operationId: 'cloneVoice' };
		await sandbox.addFault({ match, kind: 'cut', after: true, times: 1 });
		const workflow = await client.createWorkflow(paidWorkflow('voice', takes(1)));
		const execution = await client.waitForExecution(await client.start(workflow));
		expect(execution.status).toBe('success');
		expect(items(execution, 'Create')).toHaveLength(1);
		expect((await sandbox.totals()).byOperation.cloneVoice).toBe(1);
	});

	test('the log has the ID of each generation as soon as it is created, and never the API key', async () => {
		await sandbox.nextOutcome({ pendingMs: null });
		const json = paidWorkflow('generation', takes(3), { wait: 'inNode' });
		const id = await client.start(await client.createWorkflow(json));
		let missing: string[] = [];
		await waitFor(
			async () => {
				const [ids, log] = [await existingIds(), await n8n.log()];
				missing = ids.filter((one) => !log.includes(one));
				return ids.length === 3 && missing.length === 0 ? true : undefined;
			},
			SOON,
			() => `${missing.length} of the generations are not in n8n's log`,
		);
		await client.stop(id);
		expect((await client.waitForExecution(id)).status).toBe('canceled');
		expect(await n8n.log()).not.toContain(api.apiKey);
	});
});
