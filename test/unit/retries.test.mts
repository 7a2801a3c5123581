import { type IHttpRequestOptions, UserError } from 'n8n-workflow';

import { SPEAKER } from './assets.mts';
import { createSender, FakeServer, wrapConnectionError } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

const GET: IHttpRequestOptions = { method: 'GET', url: '/v2/assets/a1' };
const POST: IHttpRequestOptions = { method: 'POST', url: '/v2/generate' };
const FOUND: HttpResponse = { status: 200, body: SPEAKER };
const START = new Date('2026-11-24T08:00:00Z');

const askToWait = (
	retryAfter: string,
	response: HttpResponse = RESPONSES.rateLimited,
): HttpResponse => ({
	...response,
	headers: { ...response.headers, 'retry-after': retryAfter },
});

/** Sends a request to a server that sends `first`, and an asset from then on. */
async function sendTwice(first: HttpResponse | Error, request = GET, idempotent?: boolean) {
	const server = new FakeServer((_request, count) => (count === 1 ? first : FOUND));
	const sent = createSender().send(server.context, request, { idempotent });
	await jest.runAllTimersAsync();
	const { ok } = await sent;
	const [firstAt, secondAt] = server.sentAt;
	return { ok, requests: server.requests.length, wait: secondAt - firstAt };
}

beforeEach(() => {
	jest.useFakeTimers({ now: START });
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

test.each([
	['429 rate_limit_exceeded', RESPONSES.rateLimited],
	['408', { status: 408, body: '' }],
	['502', RESPONSES.badGateway],
	['500', RESPONSES.internalError],
	['503', RESPONSES.unavailable],
	['504', { status: 504, body: '' }],
	['ECONNRESET', wrapConnectionError('ECONNRESET')],
	['ECONNREFUSED', wrapConnectionError('ECONNREFUSED')],
	['ECONNABORTED', wrapConnectionError('ECONNABORTED')],
	['ETIMEDOUT', wrapConnectionError('ETIMEDOUT')],
	['EAI_AGAIN', wrapConnectionError('EAI_AGAIN')],
	['EPIPE', wrapConnectionError('EPIPE')],
	['HPE_INVALID_CHUNK_SIZE', wrapConnectionError('HPE_INVALID_CHUNK_SIZE')],
	['an error without a code', new Error('stream has been aborted')],
])('retries after %s', async (_what, first) => {
	expect(await sendTwice(first)).toMatchObject({ ok: true, requests: 2 });
});

test.each([
	['301', RESPONSES.moved],
	['400', RESPONSES.invalidId],
	['401', RESPONSES.keyInvalid],
	['403', RESPONSES.forbidden],
	['404', RESPONSES.notFound],
	['422', RESPONSES.unprocessable],
	['429 concurrency_limit_reached', RESPONSES.concurrencyLimited],
	['501', { status: 501, body: '' }],
	['ENOTFOUND', wrapConnectionError('ENOTFOUND')],
	['CERT_HAS_EXPIRED', wrapConnectionError('CERT_HAS_EXPIRED')],
	['a credential error', new UserError('no')],
])('does not retry after %s', async (_what, first) => {
	expect(await sendTwice(first)).toMatchObject({ ok: false, requests: 1 });
});

test.each([
	['retries a GET', GET, undefined, 2],
	['does not retry a POST', POST, undefined, 1],
	['retries an idempotent POST', POST, true, 2],
	['does not retry a GET that is not idempotent', GET, false, 1],
] as const)('%s', async (_what, request, idempotent, requests) => {
	expect(await sendTwice(RESPONSES.badGateway, request, idempotent)).toMatchObject({ requests });
});

test.each([0, 1, 5])('retries %s times at most', async (maxRetries) => {
	const server = new FakeServer(() => RESPONSES.badGateway);
	const sent = createSender({ maxRetries }).send(server.context, GET);
	await jest.runAllTimersAsync();
	expect(await sent).toMatchObject({ ok: false, failure: { statusCode: 502 } });
	expect(server.requests).toHaveLength(maxRetries + 1);
});

test.each([
	['seconds', askToWait('7'), 7000],
	['0 seconds', askToWait('0'), 2000],
	['a negative number', askToWait('-5'), 2000],
	['empty text', askToWait(''), 2000],
	['a date', askToWait('Tue, 24 Nov 2026 08:00:09 GMT'), 9000],
	['a date in the past', askToWait('Tue, 24 Nov 2026 07:00:00 GMT'), 2000],
	['seconds with another status', askToWait('3', RESPONSES.unavailable), 3000],
	[
		'retryAfterSeconds in the body',
		{ status: 429, body: { ...RESPONSES.rateLimited.body, retryAfterSeconds: 11 } },
		11_000,
	],
])(
	'honors a Retry-After of %s, but waits at least as long as without it',
	async (_what, first, wait) => {
		expect(await sendTwice(first)).toEqual({ ok: true, requests: 2, wait });
	},
);

test('ignores a Retry-After that is neither seconds nor a date', async () => {
	expect(await sendTwice(askToWait('soon'))).toEqual({ ok: true, requests: 2, wait: 2000 });
});

test.each([
	['seconds', askToWait('121')],
	['a date', askToWait('Tue, 24 Nov 2026 09:00:00 GMT')],
])('fails if Retry-After is over two minutes, in %s', async (_what, first) => {
	expect(await sendTwice(first)).toMatchObject({ ok: false, requests: 1 });
});

test.each(['99999999999999', 'Infinity'])(
	'reports the rate limit with a Retry-After of %s',
	async (seconds) => {
		const server = new FakeServer(() => askToWait(seconds));
		expect(await createSender().send(server.context, GET)).toMatchObject({
			failure: { statusCode: 429, hint: 'Run the workflow again after 2027-11-24T08:00:00Z' },
		});
	},
);

test('doubles the wait after each server error, starting at one second', async () => {
	const server = new FakeServer(() => RESPONSES.badGateway);
	const sent = createSender().send(server.context, GET);
	await jest.runAllTimersAsync();
	await sent;
	const waits = server.sentAt.slice(1).map((at, index) => at - server.sentAt[index]);
	expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
});

test.each([0, 0.999])(
	'five retries outlast a one-minute rate limit without Retry-After (random: %s)',
	async (random) => {
		jest.spyOn(Math, 'random').mockReturnValue(random);
		const server = new FakeServer(() =>
			Date.now() < START.getTime() + 60_000 ? RESPONSES.rateLimited : FOUND,
		);
		const sent = createSender().send(server.context, GET);
		await jest.runAllTimersAsync();
		expect(await sent).toMatchObject({ ok: true });
		expect(server.requests.length).toBeLessThanOrEqual(6);
	},
);

test('pauses all requests of the run after one rate limit', async () => {
	const server = new FakeServer((_request, count) => (count === 1 ? askToWait('30') : FOUND));
	const sender = createSender({ maxConcurrent: 1 });
	const all = Promise.all(Array.from({ length: 5 }, () => sender.send(server.context, GET)));
	await jest.runAllTimersAsync();
	expect((await all).every(({ ok }) => ok)).toBe(true);
	const inPause = server.sentAt.filter(
		(at) => at > START.getTime() && at < START.getTime() + 30_000,
	);
	expect(inPause).toEqual([]);
});

test('requests in flight share one pause when they hit the rate limit together', async () => {
	const server = new FakeServer((_request, count) => (count <= 10 ? askToWait('30') : FOUND));
	const sender = createSender();
	const all = Promise.all(Array.from({ length: 10 }, () => sender.send(server.context, GET)));
	await jest.runAllTimersAsync();
	await all;
	expect(server.requests).toHaveLength(20);
	expect(Math.max(...server.sentAt)).toBe(START.getTime() + 30_000);
});

test('a server error delays only its own request', async () => {
	const server = new FakeServer(({ url }, count) =>
		url === '/faulty' && count === 1 ? RESPONSES.badGateway : FOUND,
	);
	const sender = createSender();
	const faulty = sender.send(server.context, { ...GET, url: '/faulty' });
	const other = sender.send(server.context, { ...GET, url: '/other' });
	await jest.advanceTimersByTimeAsync(0);
	expect(await other).toMatchObject({ ok: true });
	await jest.runAllTimersAsync();
	expect(await faulty).toMatchObject({ ok: true });
});
