import type { Fault } from '../../sandbox/core/faults.mts';
import { GenerationLab } from './generationLab.mts';
import { BREAKS } from './requestBreaks.mts';
import { inputs, TRY_TWICE } from './workflows.mts';

const lab = new GenerationLab();

const CREATE = { operationId: 'createGeneration' };
const RETRY = { maxRetries: 1 };

/** Adds a fault for one request to create a generation. */
const addFault = async (fault: Partial<Fault>) =>
	await lab.control.addFault({ match: CREATE, kind: 'reset', times: 1, ...fault });

describe.each(BREAKS)('when a request %s', (_point, fault) => {
	test('a retry of the request creates one generation per item', async () => {
		await addFault(fault);
		const items = inputs({}, {}, {});
		const { results, errors } = await lab.create({ options: { ...RETRY, timeout: 1 } }, items);
		expect(errors).toEqual([]);
		expect(new Set(results.map(({ id }) => id)).size).toBe(3);
		expect(await lab.countCreated()).toBe(3);
		expect(new Set(await lab.listKeys()).size).toBe(3);
	});

	test('a retry of the node creates one generation per item', async () => {
		await addFault(fault);
		const items = inputs({}, {}, {});
		const options = { timeout: 1 };
		const { error, out } = await lab.create({ options }, items, 'stopWorkflow', TRY_TWICE);
		expect(error).toBeUndefined();
		expect(out).toHaveLength(3);
		expect(await lab.countCreated()).toBe(3);
		expect(new Set(await lab.listKeys()).size).toBe(3);
	});

	test('without a retry, the error has the key to retry with', async () => {
		await addFault(fault);
		const first = await lab.create({ options: { timeout: 1 } });
		expect(first.errors).toEqual([
			expect.objectContaining({ idempotencyKey: (await lab.listKeys())[0] }),
		]);
		const idempotencyKey = first.errors[0].idempotencyKey as string;
		const { results } = await lab.create({ additionalFields: { idempotencyKey } });
		expect(results).toHaveLength(1);
		expect(await lab.countCreated()).toBe(1);
	});
});

describe('when sync.so does not know the outcome of a request', () => {
	test('outputs the generation that sync.so names', async () => {
		await lab.control.addOutcome({ unknownOutcome: 'withId' });
		const { results } = await lab.create({ options: RETRY });
		expect(results).toHaveLength(1);
		expect(await lab.listOperationIds()).toEqual(['createGeneration', 'getGeneration']);
		expect(await lab.countCreated()).toBe(1);
	});

	test('retries with the same key if sync.so names none', async () => {
		await lab.control.addOutcome({ unknownOutcome: 'withoutId' });
		const { results } = await lab.create({ options: RETRY });
		expect(results).toHaveLength(1);
		expect(new Set(await lab.listKeys()).size).toBe(1);
		expect(await lab.countCreated()).toBe(1);
	});

	test('reports the key to retry with if there are no retries left', async () => {
		await lab.control.addOutcome({ unknownOutcome: 'withoutId' });
		const { errors } = await lab.create();
		expect(errors).toEqual([
			expect.objectContaining({
				statusCode: 503,
				errorCode: 'IDEMPOTENCY_OUTCOME_UNKNOWN',
				idempotencyKey: (await lab.listKeys())[0],
			}),
		]);
	});
});

describe('a 409', () => {
	const conflict = { kind: 'status', status: 409, body: { message: 'Conflict', statusCode: 409 } };

	test('after an attempt without a response is retried', async () => {
		await addFault({ kind: 'reset', after: true });
		await addFault({ ...conflict, times: 1 } as Fault);
		const { results } = await lab.create({ options: { maxRetries: 2 } });
		expect(results).toHaveLength(1);
		expect(await lab.listCreateRequests()).toHaveLength(3);
		expect(await lab.countCreated()).toBe(1);
	});

	test('after an attempt without a response is an error when the retries are used up', async () => {
		await addFault({ kind: 'reset', after: true });
		await addFault({ ...conflict, times: 10 } as Fault);
		const { errors } = await lab.create({ options: { maxRetries: 2 } });
		expect(errors).toEqual([expect.objectContaining({ statusCode: 409 })]);
		expect(await lab.listCreateRequests()).toHaveLength(3);
	});

	test('on the first attempt is an error that says the key is used for something else', async () => {
		const additionalFields = { idempotencyKey: 'order-1042' };
		await lab.create({ additionalFields });
		const { errors } = await lab.create({ additionalFields, model: 'lipsync-2-pro' });
		expect(errors).toEqual([
			expect.objectContaining({
				statusCode: 409,
				hint: expect.stringContaining('was used for a generation with other inputs') as string,
			}),
		]);
		expect(await lab.listCreateRequests()).toHaveLength(2);
		expect(await lab.countCreated()).toBe(1);
	});
});

describe('the key', () => {
	test('differs for every item and every execution', async () => {
		await lab.create({}, inputs({}, {}));
		await lab.create({}, inputs({}, {}));
		const keys = await lab.listKeys();
		expect(new Set(keys).size).toBe(4);
		expect(keys.every((key = '') => /^[A-Za-z0-9._~-]{1,128}$/.test(key))).toBe(true);
		expect(await lab.countCreated()).toBe(4);
	});

	test('that the user sets creates one generation across all executions', async () => {
		const additionalFields = { idempotencyKey: '={{ $json.order }}' };
		const items = inputs({ order: 'a-1' }, { order: 2 });
		const first = await lab.create({ additionalFields }, items);
		const second = await lab.create({ additionalFields }, items);
		expect(await lab.listKeys()).toEqual(['a-1', '2', 'a-1', '2']);
		expect(second.results.map(({ id }) => id)).toEqual(first.results.map(({ id }) => id));
		expect(await lab.countCreated()).toBe(2);
	});

	test('that several items share is rejected for all but the first', async () => {
		const additionalFields = { idempotencyKey: 'order-1042' };
		const { results, errors } = await lab.create({ additionalFields }, inputs({}, {}));
		expect(results).toHaveLength(1);
		expect(errors).toEqual([
			expect.objectContaining({ message: 'Item 0 has the same idempotency key' }),
		]);
	});

	test.each(['with space', 'ü', 'a'.repeat(129), 'a/b', '={{ { a: 1 } }}'])(
		'“%s” is rejected before anything is sent',
		async (idempotencyKey) => {
			const { errors } = await lab.create({ additionalFields: { idempotencyKey } });
			expect(errors).toEqual([
				expect.objectContaining({ message: 'The idempotency key is invalid' }),
			]);
			expect(await lab.listOperationIds()).toEqual([]);
		},
	);
});

describe('when n8n retries the node', () => {
	test('a generation that exists is requested instead of creating another one', async () => {
		await lab.control.addOutcome({ status: 'FAILED', error: 'no face' });
		const { error } = await lab.create({ wait: 'inNode' }, inputs({}), 'stopWorkflow', TRY_TWICE);
		expect(error?.message).toContain('no face');
		expect(await lab.listCreateRequests()).toHaveLength(1);
	});

	test('an expression with another value creates no other generation', async () => {
		await addFault({ kind: 'reset', after: true });
		const additionalFields = { outputFileName: '={{ "take_" + Math.random() }}' };
		await lab.create({ additionalFields }, inputs({}), 'stopWorkflow', TRY_TWICE);
		const [first, second] = (await lab.listCreateRequests()).map(({ body }) => body);
		expect(second).toEqual(first);
		expect(await lab.countCreated()).toBe(1);
	});
});
