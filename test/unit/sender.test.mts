import type { IHttpRequestOptions } from 'n8n-workflow';

import { SPEAKER } from './assets.mts';
import { createSender, FakeServer, resolveAfter } from './fakeServer.mts';
import { RESPONSES, toFullResponse } from './responses.mts';

const GET: IHttpRequestOptions = { method: 'GET', url: '/v2/assets/a1' };
const FOUND = { status: 200, body: SPEAKER };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('sends the timeout in milliseconds and does not throw on error statuses', async () => {
	const server = new FakeServer(() => FOUND);
	await createSender({ timeout: 7 }).send(server.context, GET);
	expect(server.requests).toEqual([
		{ ...GET, timeout: 7000, returnFullResponse: true, ignoreHttpStatusErrors: true },
	]);
});

test('returns the body of a 2xx response', async () => {
	const server = new FakeServer(() => FOUND);
	expect(await createSender().send(server.context, GET)).toEqual({ ok: true, body: SPEAKER });
});

test.each([
	['notFound', true],
	['htmlNotFound', false],
	['wrongAddress', false],
	['moved', false],
] as const)('%s is a failure; fromApi: %s', async (name, fromApi) => {
	const server = new FakeServer(() => RESPONSES[name]);
	expect(await createSender().send(server.context, GET)).toMatchObject({
		ok: false,
		failure: { statusCode: toFullResponse(RESPONSES[name]).statusCode },
		fromApi,
	});
});

describe('the limit of concurrent requests', () => {
	test.each([1, 3, 10])('keeps %s requests in flight until all are sent', async (maxConcurrent) => {
		const server = new FakeServer(async () => await resolveAfter(50, FOUND));
		const sender = createSender({ maxConcurrent });
		const all = Promise.all(Array.from({ length: 40 }, () => sender.send(server.context, GET)));
		await jest.runAllTimersAsync();
		expect(await all).toHaveLength(40);
		expect(server.mostInFlight).toBe(maxConcurrent);
		expect(server.requests).toHaveLength(40);
	});

	test('applies after failures too', async () => {
		const server = new FakeServer(
			async (_request, count) => await resolveAfter(50, count % 2 ? FOUND : RESPONSES.notFound),
		);
		const sender = createSender({ maxConcurrent: 2 });
		const all = Promise.all(Array.from({ length: 20 }, () => sender.send(server.context, GET)));
		await jest.runAllTimersAsync();
		expect(await all).toHaveLength(20);
		expect(server.mostInFlight).toBe(2);
	});

	test('counts a request that waits for its retry', async () => {
		const server = new FakeServer((_request, count) =>
			count === 1 ? RESPONSES.badGateway : FOUND,
		);
		const sender = createSender({ maxConcurrent: 1 });
		const all = Promise.all([
			sender.send(server.context, { ...GET, url: '/first' }),
			sender.send(server.context, { ...GET, url: '/second' }),
		]);
		await jest.runAllTimersAsync();
		await all;
		expect(server.requests.map(({ url }) => url)).toEqual(['/first', '/first', '/second']);
	});
});

describe('Stop', () => {
	const stopped = 'The execution was stopped';

	test('cancels hundreds of queued requests immediately and sends nothing more', async () => {
		const stop = new AbortController();
		const server = new FakeServer(async () => await resolveAfter(1000, FOUND));
		const sender = createSender({ maxConcurrent: 4 }, stop.signal);
		const all = Promise.allSettled(
			Array.from({ length: 500 }, () => sender.send(server.context, GET)),
		);
		await jest.advanceTimersByTimeAsync(10);
		stop.abort();
		const outcomes = await all;
		expect(new Set(outcomes.map((one) => `${one.status}: ${getMessage(one)}`))).toEqual(
			new Set([`rejected: ${stopped}`]),
		);
		await jest.runAllTimersAsync();
		expect(server.requests).toHaveLength(4);
	});

	test('ends the wait for a retry, which is not sent', async () => {
		const stop = new AbortController();
		const server = new FakeServer(() => RESPONSES.badGateway);
		const [outcome] = [createSender({}, stop.signal).send(server.context, GET)];
		const ends = expect(outcome).rejects.toThrow(stopped);
		await jest.advanceTimersByTimeAsync(100);
		stop.abort();
		await ends;
		await jest.runAllTimersAsync();
		expect(server.requests).toHaveLength(1);
	});

	test('ends the pause after a rate limit', async () => {
		const stop = new AbortController();
		const server = new FakeServer(() => ({
			...RESPONSES.rateLimited,
			headers: { 'retry-after': '60' },
		}));
		const ends = expect(createSender({}, stop.signal).send(server.context, GET)).rejects.toThrow(
			stopped,
		);
		await jest.advanceTimersByTimeAsync(100);
		stop.abort();
		await ends;
		await jest.runAllTimersAsync();
		expect(server.requests).toHaveLength(1);
	});

	test('sends nothing if the execution was stopped before', async () => {
		const server = new FakeServer(() => FOUND);
		const outcome = createSender({}, AbortSignal.abort()).send(server.context, GET);
		await expect(outcome).rejects.toThrow(stopped);
		expect(server.requests).toHaveLength(0);
	});
});

const getMessage = (outcome: PromiseSettledResult<unknown>): string =>
	outcome.status === 'rejected' ? (outcome.reason as Error).message : 'answered';
