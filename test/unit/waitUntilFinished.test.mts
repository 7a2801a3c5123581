import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Generation } from '../../nodes/shared/items/generationItem.ts';
import { FailureError } from '../../nodes/shared/transport/errors.ts';
import { Run } from '../../nodes/shared/transport/run.ts';
import { waitUntilFinished } from '../../nodes/SyncGeneration/waiting/waitUntilFinished.ts';
import { FakeRun } from './fakeRun.mts';
import { createConnectionError, resolveAfter, type Responder } from './fakeServer.mts';
import {
	buildGeneration,
	COMPLETED,
	FAILED,
	PENDING,
	PROCESSING,
	REJECTED,
} from './generations.mts';
import { RESPONSES } from './responses.mts';

const PATH = `/v2/generate/${PENDING.id}`;
const REQUEST: IHttpRequestOptions = { method: 'GET', url: '/v2/generate' };

const ok = (body: object) => ({ status: 200, body });
const isHeld = ({ qs }: IHttpRequestOptions) => qs?.wait === true;

/** Answers as an API that holds the request until its timeout. */
const hold = async ({ qs }: IHttpRequestOptions) =>
	await resolveAfter(Number(qs?.timeout) * 1000, ok(PROCESSING));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

interface Case {
	minutes?: number;
	known?: Generation;
	options?: IDataObject;
}

/** Waits for a generation. Returns the outcome, the seconds that it took and the requests. */
async function wait(
	respond: Responder,
	{ minutes = 60, known = PENDING, options = { maxRetries: 0 } }: Case = {},
) {
	const run = new FakeRun({ options: options as never }, respond);
	const item = run.createItemContext(REQUEST);
	const start = Date.now();
	const ending = waitUntilFinished(item, known, minutes).then(
		(generation) => ({ generation, failure: undefined }),
		(error: FailureError) => ({ generation: undefined, failure: error.failure }),
	);
	await jest.runAllTimersAsync();
	const { generation, failure } = await ending;
	const { requests, sentAt } = run.server;
	return {
		generation,
		failure,
		errorFields: item.errorFields,
		seconds: (Date.now() - start) / 1000,
		/** When each request was sent, in seconds. */
		sentAt: sentAt.map((at) => (at - start) / 1000),
		requests,
	};
}

test.each([COMPLETED, FAILED, REJECTED])(
	'a generation that is $status is not requested',
	async (known) => {
		const { generation, requests } = await wait(() => ok(PENDING), { known });
		expect(generation).toBe(known);
		expect(requests).toEqual([]);
	},
);

test('asks the API to hold each request for ten seconds, and sends the next one two seconds later', async () => {
	const { generation, requests, sentAt, errorFields } = await wait(async (request, count) =>
		count < 4 ? await hold(request) : ok(COMPLETED),
	);
	expect(generation).toEqual(COMPLETED);
	expect(requests.map(({ url, qs }) => [url, qs])).toEqual(
		Array(4).fill([PATH, { wait: true, timeout: 10 }]),
	);
	expect(sentAt).toEqual([0, 12, 24, 36]);
	expect(errorFields).toEqual({ generationId: PENDING.id, status: 'COMPLETED' });
});

test('ends as soon as the API responds', async () => {
	const { seconds } = await wait(async () => await resolveAfter(3000, ok(COMPLETED)));
	expect(seconds).toBe(3);
});

test.each([FAILED, REJECTED])('$status ends the wait', async (end) => {
	const { generation, requests } = await wait(() => ok(end));
	expect(generation).toEqual(end);
	expect(requests).toHaveLength(1);
});

test('keeps waiting on an unknown status', async () => {
	const odd = { ...PENDING, status: 'UPSCALING' };
	const { generation } = await wait((_request, count) => ok(count < 3 ? odd : COMPLETED));
	expect(generation).toEqual(COMPLETED);
});

test('polls less and less often if the API does not hold requests', async () => {
	const { sentAt } = await wait((_request, count) => ok(count < 7 ? PROCESSING : COMPLETED));
	expect(sentAt).toEqual([0, 2, 6, 14, 24, 34, 44]);
});

test('asks the API to hold a request only once if it does not support that', async () => {
	const unsupported = { status: 400, body: { message: ['property wait should not exist'] } };
	const { generation, requests } = await wait((request, count) =>
		isHeld(request) ? unsupported : ok(count < 4 ? PROCESSING : COMPLETED),
	);
	expect(generation).toEqual(COMPLETED);
	expect(requests.map(isHeld)).toEqual([true, false, false, false]);
});

test('a short timeout shortens how long the API is asked to hold a request', async () => {
	const { requests } = await wait(() => ok(COMPLETED), { options: { timeout: 5 } });
	expect(requests[0].qs).toEqual({ wait: true, timeout: 3 });
});

test('a timeout of one second leaves no time to hold a request', async () => {
	const { requests } = await wait(() => ok(COMPLETED), { options: { timeout: 1 } });
	expect(requests.map(isHeld)).toEqual([false]);
});

describe('errors', () => {
	const broken = createConnectionError('ECONNRESET');

	test.each([
		['a rate limit', RESPONSES.rateLimited],
		['an internal error', RESPONSES.internalError],
		['a gateway error', RESPONSES.badGateway],
		['a 404 that is not from the API', RESPONSES.htmlNotFound],
		['a response that is not a generation', { status: 200, body: 'Welcome' }],
		['a broken connection', broken],
	])('%s does not end the wait', async (_what, fault) => {
		const { generation } = await wait((_request, count) => (count < 3 ? fault : ok(COMPLETED)));
		expect(generation).toEqual(COMPLETED);
	});

	test.each(['keyInvalid', 'forbidden', 'notFound'] as const)('%s ends it', async (name) => {
		const { failure, requests, errorFields } = await wait(() => RESPONSES[name]);
		expect(failure).toMatchObject({ statusCode: RESPONSES[name].status });
		expect(requests).toHaveLength(1);
		expect(errorFields).toEqual({ generationId: PENDING.id, status: 'PENDING' });
	});
});

describe('the time limit', () => {
	test('ends the wait with the last known status', async () => {
		const { failure, seconds, errorFields, requests } = await wait(hold, { minutes: 0.5 });
		expect(failure).toEqual({
			message: 'The generation did not finish within 0.5 minutes (status: PROCESSING)',
			statusCode: 200,
			errorCode: null,
			hint: `It continues at sync.so. Use Get with this ID later: ${PENDING.id}`,
			requestId: null,
		});
		expect(seconds).toBe(30);
		expect(errorFields).toEqual({ generationId: PENDING.id, status: 'PROCESSING' });
		expect(requests.map(({ qs }) => qs?.timeout as number)).toEqual([10, 10, 6]);
	});

	test('says so if the last request failed', async () => {
		const { failure } = await wait(() => RESPONSES.internalError, { minutes: 0.1 });
		expect(failure).toMatchObject({
			message:
				'The generation did not finish within 0.1 minutes (status: PENDING). The last request failed: Internal server error',
			statusCode: 500,
			requestId: 'req_01JD8Z5W3K',
		});
	});
});

test('the items of a run wait at the same time, with up to thirty requests in flight', async () => {
	const run = new FakeRun({}, hold);
	const shared = new Run(run.createContext());
	const all = Array.from({ length: 50 }, (_value, index) => {
		const item = run.createItemContext(REQUEST, {}, shared);
		return waitUntilFinished(item, buildGeneration(`g${index}`, { status: 'PENDING' }), 1).catch(
			() => {},
		);
	});
	await jest.runAllTimersAsync();
	await Promise.all(all);
	expect(run.server.mostInFlight).toBe(30);
});
