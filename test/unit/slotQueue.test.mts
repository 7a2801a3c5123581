import type { ApiResponse } from '../../nodes/shared/transport/sender.ts';
import { SlotQueue } from '../../nodes/SyncGeneration/paid/slotQueue.ts';
import { createSender } from './fakeServer.mts';

const CREATED: ApiResponse = { ok: true, body: {} };

/** The response of the API while the plan is full. @param retryAfterMs from its Retry-After */
const full = (retryAfterMs?: number): ApiResponse => ({
	ok: false,
	fromApi: true,
	failure: {
		message: 'Concurrency limit reached',
		statusCode: 429,
		errorCode: 'concurrency_limit_reached',
		hint: null,
		requestId: null,
	},
	retryAfterMs,
});

/** A plan with some free slots. */
class Plan {
	attempts = 0;

	constructor(
		public free: number,
		private readonly retryAfterMs?: number,
	) {}

	readonly create = (): Promise<ApiResponse> => {
		this.attempts++;
		if (this.free === 0) return Promise.resolve(full(this.retryAfterMs));
		this.free--;
		return Promise.resolve(CREATED);
	};
}

const MINUTE = 60_000;

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** Enqueues this many items at the same time. The outcomes appear in the array as time passes. */
function enqueueMany(queue: SlotQueue, plan: Plan, count: number, minutes = 60) {
	const outcomes: string[] = [];
	for (let index = 0; index < count; index++) {
		void queue
			.enqueue(plan.create, minutes)
			.then(({ ok }) => outcomes.push(ok ? 'created' : 'full'));
	}
	return outcomes;
}

const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

test('nothing waits while the plan has free slots', async () => {
	const outcomes = enqueueMany(new SlotQueue(createSender()), new Plan(50), 50);
	await pass(0);
	expect(outcomes).toHaveLength(50);
});

test('once the plan is known to be full, only one item at a time tries', async () => {
	const plan = new Plan(0);
	enqueueMany(new SlotQueue(createSender({ maxConcurrent: 10 })), plan, 50);
	await pass(0);
	expect(plan.attempts).toBe(10);
	await pass(5000);
	expect(plan.attempts).toBe(11);
});

test('a released slot goes to the next item immediately, without waiting for Retry-After', async () => {
	const plan = new Plan(0, MINUTE);
	const queue = new SlotQueue(createSender());
	const outcomes = enqueueMany(queue, plan, 2);
	await pass(1000);
	plan.free = 1;
	queue.release();
	await pass(0);
	expect(outcomes).toEqual(['created']);
});

test('a slot released during a request is not missed', async () => {
	const plan = new Plan(0, MINUTE);
	const queue = new SlotQueue(createSender());
	const create = async () => {
		const response = await plan.create();
		if (plan.attempts === 2) {
			plan.free = 1;
			queue.release();
		}
		return response;
	};
	const response = queue.enqueue(create, 60);
	await pass(MINUTE);
	expect(await response).toEqual(CREATED);
	expect(plan.attempts).toBe(3);
});

test('slots that others free are found by polling', async () => {
	const plan = new Plan(0);
	const outcomes = enqueueMany(new SlotQueue(createSender()), plan, 3);
	await pass(1000);
	plan.free = 2;
	await pass(5000);
	expect(outcomes).toEqual(['created', 'created']);
});

test('all items fail when the plan stays full until the time limit', async () => {
	const outcomes = enqueueMany(new SlotQueue(createSender()), new Plan(0), 3, 2);
	await pass(2 * MINUTE - 1);
	expect(outcomes).toEqual([]);
	await pass(1);
	expect(outcomes).toEqual(['full', 'full', 'full']);
});

test('the time limit starts over whenever an item gets a slot', async () => {
	const plan = new Plan(0);
	const outcomes = enqueueMany(new SlotQueue(createSender()), plan, 2, 2);
	await pass(MINUTE);
	plan.free = 1;
	await pass(MINUTE);
	expect(outcomes).toEqual(['created']);
	await pass(MINUTE - 10_000);
	expect(outcomes).toEqual(['created']);
	await pass(15_000);
	expect(outcomes).toEqual(['created', 'full']);
});

test('a full plan disproves all slots that were released before', async () => {
	const plan = new Plan(0);
	const queue = new SlotQueue(createSender());
	for (let ended = 0; ended < 500; ended++) queue.release();
	const outcomes = enqueueMany(queue, plan, 1);
	await pass(1000);
	expect(plan.attempts).toBe(2);
	plan.free = 1;
	queue.release();
	await pass(0);
	expect(outcomes).toEqual(['created']);
});

test('each released slot costs one attempt', async () => {
	const plan = new Plan(3, MINUTE);
	const queue = new SlotQueue(createSender({ maxConcurrent: 10 }));
	const outcomes = enqueueMany(queue, plan, 50);
	await pass(1000);
	for (let ended = 0; ended < 47; ended++) {
		plan.free++;
		queue.release();
		await pass(1000);
	}
	expect(outcomes).toHaveLength(50);
	expect(plan.attempts).toBe(10 + 47);
});

describe('an item that is rejected for another reason', () => {
	const REJECTED: ApiResponse = {
		ok: false,
		fromApi: true,
		failure: {
			message: 'Unprocessable',
			statusCode: 422,
			errorCode: null,
			hint: null,
			requestId: null,
		},
	};

	test('passes its slot on to the next item', async () => {
		const plan = new Plan(0, MINUTE);
		const queue = new SlotQueue(createSender());
		const reject = async () => {
			const response = await plan.create();
			if (!response.ok) return response;
			plan.free++;
			return REJECTED;
		};
		const rejected = queue.enqueue(reject, 60);
		await pass(0);
		const outcomes = enqueueMany(queue, plan, 1);
		await pass(1000);
		plan.free = 1;
		queue.release();
		await pass(0);
		expect(await rejected).toBe(REJECTED);
		expect(outcomes).toEqual(['created']);
	});

	test('lets the next item try immediately if the slot was found by polling', async () => {
		const plan = new Plan(0);
		const queue = new SlotQueue(createSender());
		const reject = async () => {
			const response = await plan.create();
			if (!response.ok) return response;
			plan.free++;
			return REJECTED;
		};
		const rejected = queue.enqueue(reject, 60);
		await pass(0);
		const outcomes = enqueueMany(queue, plan, 1);
		await pass(1000);
		plan.free = 1;
		await pass(5000);
		expect(await rejected).toBe(REJECTED);
		expect(outcomes).toEqual(['created']);
	});
});
