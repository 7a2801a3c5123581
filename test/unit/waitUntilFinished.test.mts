import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { Run } from '../../nodes/shared/transport/run.ts';
import { ItemContext } from '../../nodes/shared/transport/itemContext.ts';
import { FailureError } from '../../nodes/shared/transport/errors.ts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';
import { waitUntilFinished } from '../../nodes/SyncGeneration/waiting/waitUntilFinished.ts';
import { REPLIES } from './answers.mts';
import type { Answerer } from './fakeContext.mts';
import { after } from './fakeContext.mts';
import {
	COMPLETED,
	FAILED,
	generationWith,
	PENDING,
	PROCESSING,
	REJECTED,
} from './generations.mts';
import { FakeRun } from './runContext.mts';

const PATH = `/v2/generate/${PENDING.id}`;
const REQUEST: IHttpRequestOptions = { method: 'GET', url: '/v2/generate' };

const reply = (body: object) => ({ status: 200, body });
const isLook = ({ qs }: IHttpRequestOptions) => qs?.wait === true;

/** Answers a request as the API does that holds it until its time is over. */
const held = async ({ qs }: IHttpRequestOptions) =>
	await after(Number(qs?.timeout) * 1000, reply(PROCESSING));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

interface Case {
	minutes?: number;
	known?: Generation;
	options?: IDataObject;
}

/** Waits for a generation on a server that `answer` plays; gives the end, the seconds it took and what was sent. */
async function wait(
	answer: Answerer,
	{ minutes = 60, known = PENDING, options = { maxRetries: 0 } }: Case = {},
) {
	const run = new FakeRun({ options: options as never }, answer);
	const context = run.item() as IExecutePaginationFunctions;
	const item = new ItemContext(context, REQUEST, new Run(context));
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

test.each([COMPLETED, FAILED, REJECTED])('one that is $status is not asked for', async (known) => {
	const { generation, requests } = await wait(() => reply(PENDING), { known });
	expect(generation).toBe(known);
	expect(requests).toEqual([]);
});

test('the API holds each request for ten seconds, and is asked again two seconds after', async () => {
	const { generation, requests, sentAt, errorFields } = await wait(async (request, count) =>
		count < 4 ? await held(request) : reply(COMPLETED),
	);
	expect(generation).toEqual(COMPLETED);
	expect(requests.map(({ url, qs }) => [url, qs])).toEqual(
		Array(4).fill([PATH, { wait: true, timeout: 10 }]),
	);
	expect(sentAt).toEqual([0, 12, 24, 36]);
	expect(errorFields).toEqual({ generationId: PENDING.id, status: 'COMPLETED' });
});

test('its end is known as soon as the API answers', async () => {
	const { seconds } = await wait(async () => await after(3000, reply(COMPLETED)));
	expect(seconds).toBe(3);
});

test.each([FAILED, REJECTED])('$status is an end', async (end) => {
	const { generation, requests } = await wait(() => reply(end));
	expect(generation).toEqual(end);
	expect(requests).toHaveLength(1);
});

test('a status that is not known goes on', async () => {
	const odd = { ...PENDING, status: 'UPSCALING' };
	const { generation } = await wait((_request, count) => reply(count < 3 ? odd : COMPLETED));
	expect(generation).toEqual(COMPLETED);
});

test('an API that answers at once is asked less and less often', async () => {
	const { sentAt } = await wait((_request, count) => reply(count < 7 ? PROCESSING : COMPLETED));
	expect(sentAt).toEqual([0, 2, 6, 14, 24, 34, 44]);
});

test('an API that does not know how to wait is asked so once', async () => {
	const refusal = { status: 400, body: { message: ['property wait should not exist'] } };
	const { generation, requests } = await wait((request, count) =>
		isLook(request) ? refusal : reply(count < 4 ? PROCESSING : COMPLETED),
	);
	expect(generation).toEqual(COMPLETED);
	expect(requests.map(isLook)).toEqual([true, false, false, false]);
});

test('a timeout of few seconds shortens what the API is asked to hold', async () => {
	const { requests } = await wait(() => reply(COMPLETED), { options: { timeout: 5 } });
	expect(requests[0].qs).toEqual({ wait: true, timeout: 3 });
});

test('a timeout of one second leaves no time to hold it', async () => {
	const { requests } = await wait(() => reply(COMPLETED), { options: { timeout: 1 } });
	expect(requests.map(isLook)).toEqual([false]);
});

describe('faults', () => {
	const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

	test.each([
		['a rate limit', REPLIES.rateLimited],
		['an internal fault', REPLIES.internalError],
		['a fault of the gateway', REPLIES.badGateway],
		['a 404 that is not of the API', REPLIES.htmlNotFound],
		['an answer that is no generation', { status: 200, body: 'Welcome' }],
		['a broken connection', broken],
	])('%s does not end the waiting', async (_what, fault) => {
		const { generation } = await wait((_request, count) => (count < 3 ? fault : reply(COMPLETED)));
		expect(generation).toEqual(COMPLETED);
	});

	test.each(['keyInvalid', 'forbidden', 'notFound'] as const)('%s ends it', async (name) => {
		const { failure, requests, errorFields } = await wait(() => REPLIES[name]);
		expect(failure).toMatchObject({ statusCode: REPLIES[name].status });
		expect(requests).toHaveLength(1);
		expect(errorFields).toEqual({ generationId: PENDING.id, status: 'PENDING' });
	});
});

describe('the time limit', () => {
	test('ends the waiting with what is known', async () => {
		const { failure, seconds, errorFields, requests } = await wait(held, { minutes: 0.5 });
		expect(failure).toEqual({
			message: 'The generation did not finish within 0.5 minutes (status: PROCESSING)',
			statusCode: 200,
			errorCode: null,
			hint: `It continues at sync.so. Use Get with its ID later: ${PENDING.id}`,
			requestId: null,
		});
		expect(seconds).toBe(30);
		expect(errorFields).toEqual({ generationId: PENDING.id, status: 'PROCESSING' });
		expect(requests.map(({ qs }) => qs?.timeout as number)).toEqual([10, 10, 6]);
	});

	test('says so when the last look did not work', async () => {
		const { failure } = await wait(() => REPLIES.internalError, { minutes: 0.1 });
		expect(failure).toMatchObject({
			message:
				'The generation did not finish within 0.1 minutes (status: PENDING). The last request failed: Internal server error',
			statusCode: 500,
			requestId: 'req_01JD8Z5W3K',
		});
	});
});

test('the items of a run wait at once, thirty requests at a time', async () => {
	const run = new FakeRun({}, held);
	const context = run.item() as IExecutePaginationFunctions;
	const shared = new Run(context);
	const all = Array.from({ length: 50 }, (_value, index) => {
		const item = new ItemContext(context, REQUEST, shared);
		return waitUntilFinished(item, generationWith(`g${index}`, { status: 'PENDING' }), 1).catch(
			() => {},
		);
	});
	await jest.runAllTimersAsync();
	await Promise.all(all);
	expect(run.server.mostInFlight).toBe(30);
});
