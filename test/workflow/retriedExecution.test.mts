import { byId } from '../../n8n/syncNodes.mts';
import type { Fault } from '../../sandbox/core/faults.mts';
import { uuid } from '../unit/assets.mts';
import { COMPLETED } from '../unit/generations.mts';
import { RESPONSES } from '../unit/responses.mts';
import { readResult, retryWorkflow, runWorkflow, startWorkflow } from './engine.mts';
import { type FakeResponse, readIdempotencyKey, useFakeApi } from './fakeApi.mts';
import { GenerationLab } from './generationLab.mts';
import { readOperationResult } from './runOperation.mts';
import { BATCH_SETTINGS, LIP_SYNC_SETTINGS, type NodeSettings } from './syncNode.mts';
import { buildNodeWorkflow, inputs, manyInputs, SYNC_NODE } from './workflows.mts';

describe('after an error that stopped the workflow, Retry', () => {
	const lab = new GenerationLab();
	const CREATE = { operationId: 'createGeneration' };
	const THREE = inputs({ take: 'take_0' }, { take: 'take_1' }, { take: 'take_2' });
	const TAKES = { additionalFields: { outputFileName: '={{ $json.take }}' } };
	/** One request at a time, so that exactly one is sent before the second one is rejected. */
	const ONE_BY_ONE = { options: { maxConcurrent: 1 } };

	/** Adds a fault that rejects the second of three items. */
	const rejectSecond = async (more: Partial<Fault> = {}) =>
		await lab.control.addFault({
			match: { ...CREATE, bodyContains: 'take_1' },
			kind: 'status',
			status: 422,
			body: { message: 'Not today', statusCode: 422 },
			times: 1,
			...more,
		});

	test('creates only the missing generations and sends nothing for the others', async () => {
		await rejectSecond();
		const first = await lab.create({ ...TAKES, ...ONE_BY_ONE }, THREE, 'stopWorkflow');
		expect(first.error?.message).toBe('Not today (item 1)');
		expect(first.error?.context).toMatchObject({ itemIndex: 1 });
		expect(await lab.countCreated()).toBe(1);
		const second = await lab.retry(first);
		expect(second.error).toBeUndefined();
		expect(second.results.map(({ outputFileName }) => outputFileName)).toEqual([
			'take_0',
			'take_1',
			'take_2',
		]);
		expect(await lab.countCreated()).toBe(3);
		expect(await lab.listCreateRequests()).toHaveLength(4);
	});

	test('outputs the generations whose IDs the error listed', async () => {
		await rejectSecond();
		const first = await lab.create(TAKES, THREE, 'stopWorkflow');
		const { created } = first.error?.context.data as {
			created: Array<{ item: number; generationId: string }>;
		};
		expect(created).toHaveLength(await lab.countCreated());
		const { results } = await lab.retry(first);
		for (const { item, generationId } of created) {
			expect(first.error?.description).toContain(`item ${item}: generationId ${generationId}`);
			expect(results[item].id).toBe(generationId);
		}
		expect(await lab.countCreated()).toBe(3);
	});

	test('creates nothing when the same execution is retried a second time', async () => {
		await rejectSecond();
		const first = await lab.create({ ...TAKES, ...ONE_BY_ONE }, THREE, 'stopWorkflow');
		const [second, third] = [await lab.retry(first), await lab.retry(first)];
		expect(third.results.map(({ id }) => id)).toEqual(second.results.map(({ id }) => id));
		expect(await lab.countCreated()).toBe(3);
	});

	test('uses a new key for a rejected request, because sync.so may remember the old one', async () => {
		await rejectSecond();
		const first = await lab.create({ ...TAKES, ...ONE_BY_ONE }, THREE, 'stopWorkflow');
		await lab.retry(first);
		const keys = await lab.listKeys();
		expect(new Set(keys).size).toBe(4);
	});

	test('creates the missing generations with the changed workflow', async () => {
		await rejectSecond();
		const first = await lab.create({ ...TAKES, ...ONE_BY_ONE }, THREE, 'stopWorkflow');
		const { results } = await lab.retry(first, { model: 'lipsync-2-pro' });
		expect(results.map(({ model }) => model)).toEqual([
			'lipsync-2',
			'lipsync-2-pro',
			'lipsync-2-pro',
		]);
	});

	test.each(['FAILED', 'REJECTED'] as const)(
		'replaces only the generation that is %s',
		async (status) => {
			await lab.control.addOutcome({ status, match: { bodyContains: 'take_1' }, times: 1 });
			const fields = { ...TAKES, wait: 'inNode' };
			const first = await lab.create(fields, THREE, 'stopWorkflow');
			expect(first.error?.context).toMatchObject({ itemIndex: 1 });
			expect(await lab.countCreated()).toBe(3);
			const second = await lab.retry(first);
			expect(second.results.map((one) => one.status)).toEqual(Array(3).fill('COMPLETED'));
			expect(await lab.countCreated()).toBe(4);
			expect(new Set(await lab.listKeys()).size).toBe(4);
		},
	);

	test('replaces a FAILED generation even if the user set its key', async () => {
		await lab.control.addOutcome({ status: 'FAILED', times: 1 });
		const additionalFields = { idempotencyKey: 'order-1042' };
		const first = await lab.create(
			{ additionalFields, wait: 'inNode' },
			inputs({}),
			'stopWorkflow',
		);
		const second = await lab.retry(first);
		expect(second.results).toMatchObject([{ status: 'COMPLETED' }]);
		expect(await lab.listKeys()).toEqual(['order-1042', 'order-1042-2']);
	});

	test('keeps waiting for a generation that did not finish in time', async () => {
		await lab.control.addOutcome({ pendingMs: null, times: 1 });
		const fields = { wait: 'inNode', options: { timeLimit: 0.001 } };
		const first = await lab.create(fields, inputs({}), 'stopWorkflow');
		expect(first.error?.message).toMatch(/did not finish within 0.001 minutes/);
		await lab.control.endGeneration(
			(first.error?.context.data as { generationId: string }).generationId,
		);
		const { results } = await lab.retry(first, { options: { timeLimit: 1 } });
		expect(results).toMatchObject([{ status: 'COMPLETED' }]);
		expect(await lab.countCreated()).toBe(1);
	});

	test('sends exactly the same request again if its outcome is unknown', async () => {
		await lab.control.addFault({ match: CREATE, kind: 'reset', after: true, times: 1 });
		const additionalFields = { outputFileName: '={{ "take_" + Math.random() }}' };
		const first = await lab.create({ additionalFields }, inputs({}), 'stopWorkflow');
		expect(first.error?.message).toMatch(/The generation may have been created nevertheless\b/);
		const { results } = await lab.retry(first);
		const [one, other] = await lab.listCreateRequests();
		expect([other.body, readIdempotencyKey(other)]).toEqual([one.body, readIdempotencyKey(one)]);
		expect(results).toHaveLength(1);
		expect(await lab.countCreated()).toBe(1);
	});

	test('finds a generation that resumes the earlier execution, even though its webhook URL differs', async () => {
		await lab.control.addFault({ match: CREATE, kind: 'reset', after: true, times: 1 });
		// In the first execution, the list of generations is not available.
		await lab.control.addFault({
			match: { operationId: 'listGenerationsAlias' },
			kind: 'status',
			status: 503,
			times: 1,
		});
		const first = await lab.create({ wait: 'webhook' }, inputs({}), 'stopWorkflow');
		expect(await lab.countCreated()).toBe(1);
		const { results } = await lab.retry(first);
		expect(results).toMatchObject([{ status: expect.any(String) as string, webhookUrl: null }]);
		expect(await lab.countCreated()).toBe(1);
	});
});

describe('if the key was used for a request with another webhook URL, Retry', () => {
	const server = useFakeApi();

	test.each([409, 422, 400])('finds the generation when sync.so answers %s', async (status) => {
		const made: object[] = [];
		let canList = false;
		server.api.respond = ({ method, url, body }): FakeResponse | 'reset' => {
			if (url.startsWith('/v2/generate/')) return { status: 200, body: made[0] };
			if (method === 'GET') return canList ? { status: 200, body: made } : RESPONSES.unavailable;
			const message = 'The key was used for another request';
			if (made.length > 0) return { status, body: { message, statusCode: status } };
			const { webhookUrl } = body as { webhookUrl: string };
			made.push({ ...COMPLETED, webhookUrl });
			return 'reset';
		};
		const settings = { ...LIP_SYNC_SETTINGS, wait: 'webhook' };
		const json = buildNodeWorkflow(settings, 'stopWorkflow');
		const first = await runWorkflow(json, inputs({}), server.api.credential);
		canList = true;
		const second = await retryWorkflow(json, first, server.api.credential);
		expect(second.getItems(SYNC_NODE)).toMatchObject([{ json: { id: COMPLETED.id } }]);
	});
});

describe('an execution that n8n runs again in another process', () => {
	const lab = new GenerationLab();

	/** Runs Create for two items in an execution with the given ID. */
	async function run(executionId: string, additionalFields: object = {}) {
		const json = lab.buildWorkflow({ additionalFields: additionalFields as never });
		await startWorkflow(json, inputs({}, {}), lab.credential, {}, executionId);
	}

	test('has the same keys, so that no generation is created twice', async () => {
		await run('stalled-1');
		await run('stalled-1');
		expect(await lab.listCreateRequests()).toHaveLength(4);
		expect(await lab.countCreated()).toBe(2);
	});

	test('creates nothing again if its request differs, not even after Retry', async () => {
		const json = lab.buildWorkflow({}, 'stopWorkflow');
		await startWorkflow(json, inputs({}), lab.credential, {}, 'stalled-5');
		await lab.control.addFault({
			match: { operationId: 'createGeneration' },
			kind: 'status',
			status: 409,
			body: { message: 'The key was used for another request', statusCode: 409 },
		});
		const running = startWorkflow(json, inputs({}), lab.credential, {}, 'stalled-5');
		const first = readOperationResult(json, readResult(await running));
		expect(first.error?.message).toMatch(/^An earlier run of this execution has already created/);
		await lab.control.clearFaults();
		await lab.retry(first);
		expect(await lab.countCreated()).toBe(1);
	});

	test('has different keys than another execution', async () => {
		await run('stalled-2');
		await run('stalled-3');
		expect(await lab.countCreated()).toBe(4);
	});

	test('has different keys for a different request', async () => {
		await run('stalled-4', { outputFileName: 'a' });
		await run('stalled-4', { outputFileName: 'b' });
		expect(await lab.countCreated()).toBe(4);
	});
});

describe('without idempotency keys, Retry', () => {
	const server = useFakeApi();

	/** Runs an operation that stops with an error, and retries the execution. */
	async function runTwice(settings: NodeSettings, items = inputs({})) {
		const json = buildNodeWorkflow(settings, 'stopWorkflow');
		const first = await runWorkflow(json, items, server.api.credential);
		const second = await retryWorkflow(json, first, server.api.credential);
		return {
			errors: [first, second].map(({ run }) => run.data.resultData.error),
			out: second.getItems(SYNC_NODE),
			/** The bodies of the requests to create something. */
			sent: server.api.sent.filter(({ method }) => method === 'POST').map(({ body }) => body),
		};
	}

	const SPEECH = { id: 'speech-1', url: 'https://files.example.com/a.mp3', duration: 1.5 };
	const speech = {
		resource: 'speech',
		operation: 'create',
		voiceId: byId('v1'),
		script: '={{ $json.script }}',
		options: { maxConcurrent: 1 },
	};

	/** Rejects the second request once. @param second text in its body @param body of the other responses */
	function rejectSecond(second: string, body: object): () => void {
		let isDone = false;
		server.api.respond = (sent): FakeResponse => {
			if (sent.method === 'GET') return { status: 200, body: [] };
			if (isDone || !JSON.stringify(sent.body).includes(second)) return { status: 200, body };
			isDone = true;
			return { status: 402, body: { message: 'Pay first', statusCode: 402 } };
		};
		return () => (isDone = false);
	}

	test('keeps speeches that exist', async () => {
		rejectSecond('Two', SPEECH);
		const items = inputs({ script: 'One' }, { script: 'Two' }, { script: 'Three' });
		const { errors, out, sent } = await runTwice(speech, items);
		expect(errors[0]?.context.data).toMatchObject({
			created: [{ item: 0, speechId: 'speech-1' }],
		});
		expect(errors[1]).toBeUndefined();
		expect(out).toHaveLength(3);
		const scripts = sent.map((body) => (body as { script: string }).script);
		expect(scripts).toEqual(['One', 'Two', 'Two', 'Three']);
	});

	test('keeps voices that exist', async () => {
		rejectSecond('Bert', { id: uuid(7), name: 'x', provider: 'elevenlabs' });
		const settings = {
			resource: 'voice',
			operation: 'clone',
			name: '={{ $json.name }}',
			assetId: byId(uuid(1)),
			options: { maxConcurrent: 1 },
		};
		const { out, sent } = await runTwice(settings, inputs({ name: 'Anna' }, { name: 'Bert' }));
		expect(out).toHaveLength(2);
		expect(sent.map((body) => (body as { name: string }).name)).toEqual(['Anna', 'Bert', 'Bert']);
	});

	test.each<[string, NodeSettings, number, string]>([
		['speech', { ...speech, script: 'Hello.' }, 1, 'Check the usage'],
		['batch', BATCH_SETTINGS, 20, 'Check with Batch → Get Many'],
	])('does not create a %s again that may exist', async (thing, settings, count, advice) => {
		server.api.respond = () => RESPONSES.badGateway;
		const items = manyInputs(count, (index) => ({ index }));
		const { errors, sent } = await runTwice(settings, items);
		expect(sent).toHaveLength(1);
		const [first, second] = errors;
		expect(first?.message).toContain(`The ${thing} may have been created nevertheless`);
		expect(first?.description).toMatch(`${advice}`);
		expect(second?.message).toContain(
			`The ${thing} may have been created by an earlier attempt, so it was not created again`,
		);
		expect(second?.description).toMatch(`${advice}`);
	});

	describe('a voice that may exist', () => {
		const settings = {
			resource: 'voice',
			operation: 'clone',
			name: 'Anna',
			assetId: byId(uuid(1)),
		};
		const ANNA = { id: uuid(7), name: 'Anna', provider: 'elevenlabs' };
		const OLDER = { ...ANNA, id: uuid(8) };

		/**
		 * Runs Clone, and retries it after an error.
		 *
		 * @param lists the responses with all voices
		 * @param posts the other responses
		 */
		async function clone(lists: object[][], posts: FakeResponse[]) {
			server.api.respond = ({ method }) =>
				method === 'GET'
					? { status: 200, body: (lists.length > 1 ? lists.shift() : lists[0]) as object[] }
					: (posts.shift() as FakeResponse);
			const json = buildNodeWorkflow(settings, 'stopWorkflow');
			const first = await runWorkflow(json, inputs({}), server.api.credential);
			if (!first.run.data.resultData.error) return first;
			return await retryWorkflow(json, first, server.api.credential);
		}

		test('is found by its name', async () => {
			const { getItems } = await clone([[OLDER], [OLDER, ANNA]], ['reset']);
			expect(getItems(SYNC_NODE)).toMatchObject([{ json: ANNA }]);
		});

		test('is not confused with an older one of the same name', async () => {
			const conflict = { status: 409, body: { message: 'Name is taken', statusCode: 409 } };
			const { run } = await clone([[OLDER]], ['reset', conflict]);
			expect(run.data.resultData.error?.message).toBe(`Name is taken (asset ${uuid(1)})`);
		});

		test('is found if the API says that its name is taken', async () => {
			const conflict = {
				status: 409,
				body: { message: 'Name is taken', statusCode: 409, errorCode: 'voice_name_conflict' },
			};
			const { getItems } = await clone([[], [], [ANNA]], ['reset', conflict]);
			expect(getItems(SYNC_NODE)).toMatchObject([{ json: ANNA }]);
		});
	});
});
