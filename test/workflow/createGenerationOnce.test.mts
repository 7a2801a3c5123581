import type { Fault } from '../../sandbox/core/faults.mts';
import { GenerationLab } from './generationLab.mts';
import { TRY_TWICE, inputs, SYNC } from './workflows.mts';

const lab = new GenerationLab();

const CREATE = { operationId: 'createGeneration' };
const RETRY = { maxRetries: 1 };

/** Lets one request in the middle of three come to a fault. */
const addFault = async (fault: Partial<Fault>) =>
	await lab.control.addFault({ match: CREATE, kind: 'reset', times: 1, ...fault });

/** Every point at which an exchange can break off. */
const BREAKS: Array<[string, Partial<Fault>]> = [
	['before the request is carried out', { kind: 'reset' }],
	['after it, before the answer', { kind: 'reset', after: true }],
	['in the middle of the answer', { kind: 'cut', after: true }],
	['before, with no answer in time', { kind: 'hang' }],
	['after it, with no answer in time', { kind: 'hang', after: true }],
	['before, by a gateway', { kind: 'status', status: 502, body: '<html></html>' }],
	['after it, by a gateway', { kind: 'status', status: 504, body: '', after: true }],
	['before, by an internal fault', { kind: 'status', status: 500, body: '' }],
	['after it, by an internal fault', { kind: 'status', status: 500, body: '', after: true }],
];

describe.each(BREAKS)('when the exchange ends %s', (_point, fault) => {
	test('one generation an item is made', async () => {
		await addFault(fault);
		const items = inputs({}, {}, {});
		const { results, errors } = await lab.create({ options: { ...RETRY, timeout: 1 } }, items);
		expect(errors).toEqual([]);
		expect(new Set(results.map(({ id }) => id)).size).toBe(3);
		expect(await lab.count()).toBe(3);
		expect(new Set(await lab.listKeys()).size).toBe(3);
	});

	test('n8n may try the node again', async () => {
		await addFault(fault);
		const items = inputs({}, {}, {});
		const options = { timeout: 1 };
		const { run } = await lab.create({ options }, items, 'stopWorkflow', TRY_TWICE);
		expect(run.data.resultData.error).toBeUndefined();
		expect(run.data.resultData.runData[SYNC].at(-1)?.data?.main[0]).toHaveLength(3);
		expect(await lab.count()).toBe(3);
		expect(new Set(await lab.listKeys()).size).toBe(3);
	});

	test('without another try the item says by which key to ask again', async () => {
		await addFault(fault);
		const first = await lab.create({ options: { timeout: 1 } });
		expect(first.errors).toEqual([
			expect.objectContaining({ idempotencyKey: (await lab.listKeys())[0] }),
		]);
		const idempotencyKey = first.errors[0].idempotencyKey as string;
		const { results } = await lab.create({ additionalFields: { idempotencyKey } });
		expect(results).toHaveLength(1);
		expect(await lab.count()).toBe(1);
	});
});

describe('when sync.so does not know what became of a request', () => {
	test('the generation that it names comes out', async () => {
		await lab.control.nextOutcome({ unknownOutcome: 'withId' });
		const { results } = await lab.create({ options: RETRY });
		expect(results).toHaveLength(1);
		expect(await lab.listRequests()).toEqual(['createGeneration', 'getGeneration']);
		expect(await lab.count()).toBe(1);
	});

	test('where it names none, the same key is tried again', async () => {
		await lab.control.nextOutcome({ unknownOutcome: 'withoutId' });
		const { results } = await lab.create({ options: RETRY });
		expect(results).toHaveLength(1);
		expect(new Set(await lab.listKeys()).size).toBe(1);
		expect(await lab.count()).toBe(1);
	});

	test('and it stays so, the item says by which key to ask again', async () => {
		await lab.control.nextOutcome({ unknownOutcome: 'withoutId' });
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

describe('409', () => {
	const conflict = { kind: 'status', status: 409, body: { message: 'Conflict', statusCode: 409 } };

	test('after a try without an answer is waited out', async () => {
		await addFault({ kind: 'reset', after: true });
		await addFault({ ...conflict, times: 1 } as Fault);
		const { results } = await lab.create({ options: { maxRetries: 2 } });
		expect(results).toHaveLength(1);
		expect(await lab.listCreateRequests()).toHaveLength(3);
		expect(await lab.count()).toBe(1);
	});

	test('after a try without an answer is not waited out for ever', async () => {
		await addFault({ kind: 'reset', after: true });
		await addFault({ ...conflict, times: 10 } as Fault);
		const { errors } = await lab.create({ options: { maxRetries: 2 } });
		expect(errors).toEqual([expect.objectContaining({ statusCode: 409 })]);
		expect(await lab.listCreateRequests()).toHaveLength(3);
	});

	test('at the first try says that the key was used for something else', async () => {
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
		expect(await lab.count()).toBe(1);
	});
});

describe('the key', () => {
	test('differs for every item and every execution', async () => {
		await lab.create({}, inputs({}, {}));
		await lab.create({}, inputs({}, {}));
		const keys = await lab.listKeys();
		expect(new Set(keys).size).toBe(4);
		expect(keys.every((key = '') => /^[A-Za-z0-9._~-]{1,128}$/.test(key))).toBe(true);
		expect(await lab.count()).toBe(4);
	});

	test('set by hand makes one generation over all executions', async () => {
		const additionalFields = { idempotencyKey: '={{ $json.order }}' };
		const items = inputs({ order: 'a-1' }, { order: 2 });
		const first = await lab.create({ additionalFields }, items);
		const second = await lab.create({ additionalFields }, items);
		expect(await lab.listKeys()).toEqual(['a-1', '2', 'a-1', '2']);
		expect(second.results.map(({ id }) => id)).toEqual(first.results.map(({ id }) => id));
		expect(await lab.count()).toBe(2);
	});

	test('that several items share is refused for all but the first', async () => {
		const additionalFields = { idempotencyKey: 'order-1042' };
		const { results, errors } = await lab.create({ additionalFields }, inputs({}, {}));
		expect(results).toHaveLength(1);
		expect(errors).toEqual([
			expect.objectContaining({ message: 'Item 0 has the same idempotency key' }),
		]);
	});

	test.each(['with space', 'ü', 'a'.repeat(129), 'a/b', '={{ { a: 1 } }}'])(
		'“%s” is refused before anything is sent',
		async (idempotencyKey) => {
			const { errors } = await lab.create({ additionalFields: { idempotencyKey } });
			expect(errors).toEqual([
				expect.objectContaining({ message: 'The idempotency key is invalid' }),
			]);
			expect(await lab.listRequests()).toEqual([]);
		},
	);
});

describe('when n8n tries the node again', () => {
	test('a generation that was made is asked for, and no other one made', async () => {
		await lab.control.nextOutcome({ status: 'FAILED', error: 'no face' });
		const { run } = await lab.create({ wait: 'inNode' }, inputs({}), 'stopWorkflow', TRY_TWICE);
		expect(run.data.resultData.error?.message).toContain('no face');
		expect(await lab.listCreateRequests()).toHaveLength(1);
	});

	test('an expression that gives another value makes no other job', async () => {
		await addFault({ kind: 'reset', after: true });
		const additionalFields = { outputFileName: '={{ "take_" + Math.random() }}' };
		await lab.create({ additionalFields }, inputs({}), 'stopWorkflow', TRY_TWICE);
		const [first, second] = (await lab.listCreateRequests()).map(({ body }) => body);
		expect(second).toEqual(first);
		expect(await lab.count()).toBe(1);
	});
});
