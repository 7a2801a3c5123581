import { IdempotentRequests } from '../../../../sandbox/core/idempotency.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { BY_ADDRESS, brokenBy, SandboxApi } from '../apiClient.mts';

const api = new SandboxApi();

const keyed = (key: string, more = {}) => ({ headers: { 'idempotency-key': key, ...more } });
const created = async (): Promise<number> => (await api.control.generationTotals()).created;

describe('an Idempotency-Key', () => {
	test('gives the first answer again, to every member of the organization', async () => {
		const more = { input: BY_ADDRESS };
		const first = await api.generate(more, keyed('k-1'));
		await api.control.endGeneration(first.body.id);
		const second = await api.generate(more, keyed('k-1', { 'x-api-key': COLLEAGUE_KEY }));
		expect(second).toMatchObject({ status: 201, body: first.body });
		expect(await created()).toBe(1);
	});

	test('lets a request be carried out once when it comes twice at once', async () => {
		const requests = new IdempotentRequests<number>();
		let count = 0;
		const carryOut = async () => await Promise.resolve(++count);
		const twice = [requests.once('k-1', {}, carryOut), requests.once('k-1', {}, carryOut)];
		expect(await Promise.all(twice)).toEqual([
			{ result: 1, isFirst: true },
			{ result: 1, isFirst: false },
		]);
	});

	test('with another body is a conflict', async () => {
		await api.generate({}, keyed('k-1'));
		expect((await api.generate({ model: 'sync-3' }, keyed('k-1'))).status).toBe(409);
		expect((await api.generate({ model: 'sync-3' }, keyed('K-1'))).status).toBe(201);
	});

	test('of a refused request can be used again', async () => {
		await api.control.configure({ concurrency: 0 });
		expect((await api.generate({}, keyed('k-1'))).status).toBe(429);
		await api.control.configure({ concurrency: 1 });
		expect((await api.generate({}, keyed('k-1'))).status).toBe(201);
	});

	test.each(['', 'a b', 'a, b', 'ä', 'x'.repeat(129)])('can not be “%.9s”', async (key) => {
		const errorCode = 'INVALID_IDEMPOTENCY_KEY';
		expect(await api.generate({}, keyed(key))).toMatchObject({ status: 400, body: { errorCode } });
	});

	test('can be of all characters that it may have', async () => {
		expect((await api.generate({}, keyed(`Az09._~-${'x'.repeat(120)}`))).status).toBe(201);
	});

	test.each(['withId', 'withoutId'] as const)(
		'tells what came of it after an answer that does not: %s',
		async (unknownOutcome) => {
			await api.control.nextOutcome({ unknownOutcome });
			const first = await api.generate<{ generationId?: string }>({}, keyed('k-1'));
			const second = await api.generate({}, keyed('k-1'));
			const { id } = second.body;
			expect(first).toMatchObject({
				status: 503,
				body: { errorCode: 'IDEMPOTENCY_OUTCOME_UNKNOWN' },
			});
			expect(first.body.generationId).toBe(unknownOutcome === 'withId' ? id : undefined);
			expect(second.status).toBe(201);
			expect(await created()).toBe(1);
		},
	);
});

test('without a key every request makes a generation', async () => {
	await api.generate();
	await api.generate();
	expect(await created()).toBe(2);
});

describe('a connection that breaks', () => {
	const match = { operationId: 'createGeneration' };

	test('before the request is carried out leaves nothing', async () => {
		await api.control.addFault({ kind: 'reset', match });
		expect(await brokenBy(api.generate())).toBe('ECONNRESET');
		expect(await created()).toBe(0);
	});

	test('before the answer leaves a generation', async () => {
		await api.control.addFault({ kind: 'reset', after: true, match, times: 1 });
		expect(await brokenBy(api.generate({}, keyed('k-1')))).toBe('ECONNRESET');
		expect(await created()).toBe(1);
		expect((await api.generate({}, keyed('k-1'))).status).toBe(201);
		expect(await created()).toBe(1);
	});

	test('in the middle of the answer leaves a generation', async () => {
		await api.control.addFault({ kind: 'cut', after: true, match });
		expect(await brokenBy(api.generate())).not.toBe('answered');
		expect(await created()).toBe(1);
	});
});
