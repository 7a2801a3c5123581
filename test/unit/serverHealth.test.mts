import type { IHttpRequestOptions } from 'n8n-workflow';

import { SPEAKER } from './assets.mts';
import { createConnectionError, createSender, FakeServer } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

const GET: IHttpRequestOptions = { method: 'GET', url: '/v2/assets/a1' };
const FOUND: HttpResponse = { status: 200, body: SPEAKER };
const START = new Date('2026-11-24T08:00:00Z');

beforeEach(() => jest.useFakeTimers({ now: START }));
afterEach(() => jest.useRealTimers());

/** Sends this many requests at the same time and waits for all responses. */
async function sendAll(server: FakeServer, sender: ReturnType<typeof createSender>, count: number) {
	const all = Promise.all(Array.from({ length: count }, () => sender.send(server.context, GET)));
	await jest.runAllTimersAsync();
	return await all;
}

describe('a server that is down', () => {
	test('gets only a few of a thousand requests; the others fail immediately and say why', async () => {
		const server = new FakeServer(() => RESPONSES.unavailable);
		const responses = await sendAll(server, createSender({ maxRetries: 5 }), 1000);
		// By the time the fifth request has used up its retries, four others have failed and ten are in flight.
		expect(server.requests.length).toBeLessThanOrEqual(14 * 6);
		expect(responses.every(({ ok }) => !ok)).toBe(true);
		expect(responses.at(-1)).toMatchObject({
			failure: {
				message: expect.stringMatching(
					/^Not sent, because \d+ requests in a row have failed: sync\.so is not available/,
				) as string,
				statusCode: 503,
			},
			uncertain: false,
		});
	});

	test.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'])('%s counts as down', async (code) => {
		const server = new FakeServer(() => createConnectionError(code));
		await sendAll(server, createSender({ maxRetries: 0, maxConcurrent: 1 }), 50);
		expect(server.requests).toHaveLength(5);
	});

	test('is tried once every 30 seconds and used again when it is back', async () => {
		const server = new FakeServer((_request, count) =>
			count <= 5 ? RESPONSES.unavailable : FOUND,
		);
		const sender = createSender({ maxRetries: 0, maxConcurrent: 1 });
		await sendAll(server, sender, 6);
		expect(server.requests).toHaveLength(5);
		await jest.advanceTimersByTimeAsync(30_000);
		expect((await sendAll(server, sender, 3)).map(({ ok }) => ok)).toEqual([true, true, true]);
	});
});

test('requests that the API rejects do not count', async () => {
	const server = new FakeServer(() => RESPONSES.notFound);
	await sendAll(server, createSender({ maxRetries: 0 }), 50);
	expect(server.requests).toHaveLength(50);
});

test('after an hour-long ban, later requests fail without being sent and say when it ends', async () => {
	const banned = { ...RESPONSES.rateLimited, headers: { 'retry-after': '3600' } };
	const server = new FakeServer(() => banned);
	const sender = createSender({ maxConcurrent: 2 });
	const responses = await sendAll(server, sender, 200);
	expect(server.requests).toHaveLength(2);
	expect(responses.at(-1)).toMatchObject({
		failure: {
			message: 'Not sent: the server accepts no requests until 2026-11-24T09:00:00Z',
			hint: 'Run the workflow again after 2026-11-24T09:00:00Z',
			statusCode: 429,
		},
	});
	await jest.advanceTimersByTimeAsync(3_600_000);
	await sendAll(server, sender, 1);
	expect(server.requests).toHaveLength(3);
});
