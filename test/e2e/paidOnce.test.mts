import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { type Execution, getItems, getNodeError } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { waitFor } from '../../n8n/wait.mts';
import type { Fault } from '../../sandbox/core/faults.mts';
import { BREAKS } from '../workflow/requestBreaks.mts';
import { listGenerations } from './listGenerations.mts';
import { useN8n } from './n8nLab.mts';
import { buildPaidWorkflow, takeNames } from './paidWorkflow.mts';

/** The time limit (ms) for what should happen immediately. */
const SOON = 10_000;

jest.setTimeout(60_000);

describe.each(N8N_VERSIONS)('in n8n %s', (version) => {
	const lab = useN8n({ version });

	beforeEach(async () => await lab.control.configure({ concurrency: null }));

	/** Runs a workflow and expects it to fail. */
	async function runAndExpectError(
		...workflow: Parameters<typeof buildPaidWorkflow>
	): Promise<Execution> {
		const execution = await lab.client.run(
			await lab.client.createWorkflow(buildPaidWorkflow(...workflow)),
		);
		expect(execution.status).toBe('error');
		return execution;
	}

	/** Retries a failed execution and returns the new one. */
	async function retry({ id }: Execution, loadWorkflow = false): Promise<Execution> {
		return await lab.client.getExecution(await lab.client.retryExecution(id, { loadWorkflow }));
	}

	/** Gets the output of the node Create. */
	const getCreated = (execution: Execution) =>
		getItems(execution, 'Create').map(({ json }) => json);

	/** Lists the generations that exist, in the order of their items. */
	const listExisting = async () => await listGenerations(lab.api);

	const listExistingIds = async () => (await listExisting()).map(({ id }) => id);

	/** Adds a fault that rejects one of the requests that match. */
	async function reject(match: Fault['match'], more: Partial<Fault> = {}) {
		const body = { statusCode: 422, message: 'The input was rejected' };
		await lab.control.addFault({ match, kind: 'status', status: 422, body, times: 1, ...more });
	}

	/** Lists the successful requests of an operation. */
	async function listSuccesses(operationId: string) {
		const requests = await lab.control.listRequests();
		return requests.filter(
			(request) => request.operationId === operationId && `${request.status}`.startsWith('2'),
		);
	}

	describe('when sync.so rejects the second of three generations', () => {
		beforeEach(async () => {
			const match = { operationId: 'createGeneration', bodyContains: 'take_2' };
			// By then, the other requests have been answered.
			await reject(match, { delayMs: 500 });
		});

		test('the error lists the generations that already exist', async () => {
			const execution = await runAndExpectError('generation', takeNames(3));
			const { description, context } = getNodeError(execution, 'Create') as NodeApiError;
			const expected = (await listExisting()).map(({ id, outputFileName }) => ({
				item: takeNames(3).indexOf(outputFileName as string),
				generationId: id,
			}));
			expect(expected).not.toEqual([]);
			for (const { generationId } of expected) expect(description).toContain(generationId);
			const { created } = (context.data ?? {}) as { created?: IDataObject[] };
			expect(created).toHaveLength(expected.length);
			expect(created).toEqual(expect.arrayContaining(expected));
		});

		test.each([
			['as it was executed', false],
			['as it is saved now', true],
		])(
			'Retry with the workflow %s creates only the missing generations',
			async (_which, loadWorkflow) => {
				const first = await runAndExpectError('generation', takeNames(3));
				const before = await listExistingIds();
				expect(before).not.toEqual([]);
				const second = await retry(first, loadWorkflow);
				expect((await lab.control.getGenerationTotals()).created).toBe(3);
				expect(second.status).toBe('success');
				expect(getCreated(second).map(({ outputFileName }) => outputFileName)).toEqual(
					takeNames(3),
				);
				expect(getCreated(second).map(({ id }) => id)).toEqual(await listExistingIds());
				expect(await listExistingIds()).toEqual(expect.arrayContaining(before));
			},
		);
	});

	test('nothing more is sent after sync.so rejects a request', async () => {
		await reject({ operationId: 'createGeneration' }, { skip: 1 });
		await runAndExpectError('generation', takeNames(3), { options: { maxConcurrent: 1 } });
		expect((await lab.control.getTotals()).byOperation.createGeneration).toBe(2);
	});

	test('Retry replaces a generation that FAILED, and only that one', async () => {
		await lab.control.addOutcome({ match: { bodyContains: 'take_2' }, pendingMs: null, times: 1 });
		const json = buildPaidWorkflow('generation', takeNames(3), { wait: 'inNode' });
		const id = await lab.client.start(await lab.client.createWorkflow(json));
		const before = await waitFor(
			async () => ((await listExistingIds()).length === 3 ? await listExistingIds() : undefined),
			SOON,
			() => 'the three generations do not exist',
		);
		await lab.control.endGeneration(before[1], { status: 'FAILED', error: 'No face was found' });
		const first = await lab.client.waitForExecution(id);
		expect(first.status).toBe('error');
		const second = await retry(first);
		expect((await lab.control.getGenerationTotals()).created).toBe(4);
		expect(second.status).toBe('success');
		const [one, two, three] = getCreated(second);
		expect([one.id, three.id]).toEqual([before[0], before[2]]);
		expect(two).toMatchObject({ outputFileName: 'take_2', status: 'COMPLETED' });
	});

	describe.each(BREAKS)('when a request %s', (_point, fault) => {
		test('Retry ends with exactly one generation', async () => {
			const match = { operationId: 'createGeneration' };
			await lab.control.addFault({ match, kind: 'reset', times: 1, ...fault });
			const first = await runAndExpectError('generation', takeNames(1), {
				options: { timeout: 2 },
			});
			const second = await retry(first);
			expect((await lab.control.getGenerationTotals()).created).toBe(1);
			expect(second.status).toBe('success');
			expect(getCreated(second).map(({ id }) => id)).toEqual(await listExistingIds());
		});

		test('an error output that leads back to the node ends with exactly one generation', async () => {
			const match = { operationId: 'createGeneration' };
			await lab.control.addFault({ match, kind: 'reset', times: 1, ...fault });
			const json = buildPaidWorkflow(
				'generation',
				takeNames(1),
				{ options: { timeout: 2 } },
				{ onError: 'continueErrorOutput' },
			);
			json.connections.Create = { main: [[], [{ node: 'Create', type: 'main', index: 0 }]] };
			const execution = await lab.client.run(await lab.client.createWorkflow(json));
			expect(execution.status).toBe('success');
			expect(execution.data.resultData.runData.Create).toHaveLength(2);
			expect(getCreated(execution).map(({ id }) => id)).toEqual(await listExistingIds());
			expect((await lab.control.getGenerationTotals()).created).toBe(1);
		});
	});

	test('nothing is created if one of the items is invalid', async () => {
		const execution = await runAndExpectError('generation', takeNames(3), {
			visualSource: 'url',
			visualUrl: '={{ $json.take === "take_2" ? "" : "https://www.example.com/interview.mp4" }}',
		});
		expect((await lab.control.getGenerationTotals()).created).toBe(0);
		expect(getNodeError(execution, 'Create')).toMatchObject({ context: { itemIndex: 1 } });
	});

	test.each([
		['speech', 'createTts', 'script'],
		['voice', 'cloneVoice', 'name'],
	] as const)(
		'Retry does not pay again for an existing %s',
		async (resource, operationId, field) => {
			await reject({ operationId, bodyContains: 'take_2' });
			const first = await runAndExpectError(resource, takeNames(2));
			const second = await retry(first);
			const paid = (await listSuccesses(operationId)).map(
				({ body }) => (body as IDataObject)[field],
			);
			expect(paid).toEqual(takeNames(2));
			expect(second.status).toBe('success');
			expect(getCreated(second)).toHaveLength(2);
		},
	);

	test.each([
		['speech', 'createTts', 1],
		['batch', 'createBatch', 20],
	] as const)(
		'if the response was lost, Retry does not create a %s again, and says that it may exist',
		async (resource, operationId, count) => {
			const match = { operationId };
			await lab.control.addFault({ match, kind: 'cut', after: true, times: 1 });
			const second = await retry(await runAndExpectError(resource, takeNames(count)));
			expect((await lab.control.getTotals()).byOperation[operationId]).toBe(1);
			expect(getNodeError(second, 'Create')).toMatchObject({
				message: expect.stringContaining('may have been created') as string,
			});
		},
	);

	test('a voice whose response was lost is found by its name and not cloned again', async () => {
		const match = { operationId: 'cloneVoice' };
		await lab.control.addFault({ match, kind: 'cut', after: true, times: 1 });
		const workflow = await lab.client.createWorkflow(buildPaidWorkflow('voice', takeNames(1)));
		const execution = await lab.client.waitForExecution(await lab.client.start(workflow));
		expect(execution.status).toBe('success');
		expect(getItems(execution, 'Create')).toHaveLength(1);
		expect((await lab.control.getTotals()).byOperation.cloneVoice).toBe(1);
	});

	test('the log has the ID of each generation as soon as it is created, and never the API key', async () => {
		await lab.control.addOutcome({ pendingMs: null });
		const json = buildPaidWorkflow('generation', takeNames(3), { wait: 'inNode' });
		const id = await lab.client.start(await lab.client.createWorkflow(json));
		let missing: string[] = [];
		await waitFor(
			async () => {
				const [ids, log] = [await listExistingIds(), await lab.n8n.readLog()];
				missing = ids.filter((one) => !log.includes(one));
				return ids.length === 3 && missing.length === 0 ? true : undefined;
			},
			SOON,
			() => `${missing.length} of the generations are not in n8n's log`,
		);
		await lab.client.stop(id);
		expect((await lab.client.waitForExecution(id)).status).toBe('canceled');
		expect(await lab.n8n.readLog()).not.toContain(lab.api.apiKey);
	});
});
