import { IdempotentRequests } from '../../../../sandbox/core/idempotency.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { ApiLab, getConnectionError, URL_INPUT } from '../apiLab.mts';

const api = new ApiLab();

const withKey = (key: string, headers = {}) => ({
	headers: { 'idempotency-key': key, ...headers },
});
const countCreated = async (): Promise<number> => (await api.control.getGenerationTotals()).created;

describe('an Idempotency-Key', () => {
	test('returns the first response again, to every member of the organization', async () => {
		const fields = { input: URL_INPUT };
		const first = await api.createGeneration(fields, withKey('k-1'));
		await api.control.endGeneration(first.body.id);
		const second = await api.createGeneration(
			fields,
			withKey('k-1', { 'x-api-key': COLLEAGUE_KEY }),
		);
		expect(second).toMatchObject({ status: 201, body: first.body });
		expect(await countCreated()).toBe(1);
	});

	test('handles a request once if it arrives twice at the same time', async () => {
		const requests = new IdempotentRequests<number>();
		let count = 0;
		const handle = async () => await Promise.resolve(++count);
		const both = [requests.handleOnce('k-1', {}, handle), requests.handleOnce('k-1', {}, handle)];
		expect(await Promise.all(both)).toEqual([
			{ result: 1, isFirst: true },
			{ result: 1, isFirst: false },
		]);
	});

	test('with another body is a conflict', async () => {
		await api.createGeneration({}, withKey('k-1'));
		expect((await api.createGeneration({ model: 'sync-3' }, withKey('k-1'))).status).toBe(409);
		expect((await api.createGeneration({ model: 'sync-3' }, withKey('K-1'))).status).toBe(201);
	});

	test('of a failed request can be used again', async () => {
		await api.control.configure({ concurrency: 0 });
		expect((await api.createGeneration({}, withKey('k-1'))).status).toBe(429);
		await api.control.configure({ concurrency: 1 });
		expect((await api.createGeneration({}, withKey('k-1'))).status).toBe(201);
	});

	test.each([
		['if it is empty', ''],
		['with a space', 'a b'],
		['if it is sent twice', 'a, b'],
		['with a letter outside of ASCII', 'ä'],
		['with 129 characters', 'x'.repeat(129)],
	])('is invalid %s', async (_what, key) => {
		const errorCode = 'INVALID_IDEMPOTENCY_KEY';
		expect(await api.createGeneration({}, withKey(key))).toMatchObject({
			status: 400,
			body: { errorCode },
		});
	});

	test('can contain all valid characters', async () => {
		expect((await api.createGeneration({}, withKey(`Az09._~-${'x'.repeat(120)}`))).status).toBe(
			201,
		);
	});

	test.each(['withId', 'withoutId'] as const)(
		'after a response with an unknown outcome (%s), returns the generation',
		async (unknownOutcome) => {
			await api.control.addOutcome({ unknownOutcome });
			const first = await api.createGeneration<{ generationId?: string }>({}, withKey('k-1'));
			const second = await api.createGeneration({}, withKey('k-1'));
			const { id } = second.body;
			expect(first).toMatchObject({
				status: 503,
				body: { errorCode: 'IDEMPOTENCY_OUTCOME_UNKNOWN' },
			});
			expect(first.body.generationId).toBe(unknownOutcome === 'withId' ? id : undefined);
			expect(second.status).toBe(201);
			expect(await countCreated()).toBe(1);
		},
	);
});

test('without a key, every request creates a generation', async () => {
	await api.createGeneration();
	await api.createGeneration();
	expect(await countCreated()).toBe(2);
});

describe('a connection that fails', () => {
	const match = { operationId: 'createGeneration' };

	test('before the request is handled creates nothing', async () => {
		await api.control.addFault({ kind: 'reset', match });
		expect(await getConnectionError(api.createGeneration())).toBe('ECONNRESET');
		expect(await countCreated()).toBe(0);
	});

	test('before the response creates a generation', async () => {
		await api.control.addFault({ kind: 'reset', after: true, match, times: 1 });
		expect(await getConnectionError(api.createGeneration({}, withKey('k-1')))).toBe('ECONNRESET');
		expect(await countCreated()).toBe(1);
		expect((await api.createGeneration({}, withKey('k-1'))).status).toBe(201);
		expect(await countCreated()).toBe(1);
	});

	test('in the middle of the response creates a generation', async () => {
		await api.control.addFault({ kind: 'cut', after: true, match });
		expect(await getConnectionError(api.createGeneration())).not.toBe('responded');
		expect(await countCreated()).toBe(1);
	});
});
