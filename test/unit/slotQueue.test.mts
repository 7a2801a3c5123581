import type { ApiResponse } from '../../nodes/shared/transport/sender.ts';
import { SlotQueue } from '../../nodes/SyncGeneration/paid/slotQueue.ts';
import { senderWith } from './fakeContext.mts';

const MADE: ApiResponse = { ok: true, body: {} };

/** What the API says while the plan is full. @param retryAfterMs the wait that it asks for */
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

/** A plan with some free places. */
class Plan {
	tries = 0;

	constructor(
		public free: number,
		private readonly retryAfterMs?: number,
	) {}

	readonly create = (): Promise<ApiResponse> => {
		this.tries++;
		if (this.free === 0) return Promise.resolve(full(this.retryAfterMs));
		this.free--;
		return Promise.resolve(MADE);
	};
}

const MINUTE = 60_000;

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** Takes so many turns at once; says which have been answered how, as far as time has gone. */
function take(queue: SlotQueue, plan: Plan, count: number, minutes = 60) {
	const outcomes: string[] = [];
	for (let index = 0; index < count; index++) {
		void queue.enqueue(plan.create, minutes).then(({ ok }) => outcomes.push(ok ? 'made' : 'full'));
	}
	return outcomes;
}

const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

test('nothing waits while the plan has places', async () => {
	const outcomes = take(new SlotQueue(senderWith()), new Plan(50), 50);
	await pass(0);
	expect(outcomes).toHaveLength(50);
});

test('few ask before it is known that the plan is full, and one from then on', async () => {
	const plan = new Plan(0);
	take(new SlotQueue(senderWith({ maxConcurrent: 10 })), plan, 50);
	await pass(0);
	expect(plan.tries).toBe(10);
	await pass(5000);
	expect(plan.tries).toBe(11);
});

test('the end of one of ours is the turn of the next, long before the API would have it', async () => {
	const plan = new Plan(0, MINUTE);
	const queue = new SlotQueue(senderWith());
	const outcomes = take(queue, plan, 2);
	await pass(1000);
	plan.free = 1;
	queue.release();
	await pass(0);
	expect(outcomes).toEqual(['made']);
});

test('an end that comes while the API answers is not missed', async () => {
	const plan = new Plan(0, MINUTE);
	const queue = new SlotQueue(senderWith());
	const create = async () => {
		const answer = await plan.create();
		if (plan.tries === 2) {
			plan.free = 1;
			queue.release();
		}
		return answer;
	};
	const answer = queue.enqueue(create, 60);
	await pass(MINUTE);
	expect(await answer).toEqual(MADE);
	expect(plan.tries).toBe(3);
});

test('places that others free are found now and then', async () => {
	const plan = new Plan(0);
	const outcomes = take(new SlotQueue(senderWith()), plan, 3);
	await pass(1000);
	plan.free = 2;
	await pass(5000);
	expect(outcomes).toEqual(['made', 'made']);
});

test('a plan that stays full ends the waiting of all when the time is over', async () => {
	const outcomes = take(new SlotQueue(senderWith()), new Plan(0), 3, 2);
	await pass(2 * MINUTE - 1);
	expect(outcomes).toEqual([]);
	await pass(1);
	expect(outcomes).toEqual(['full', 'full', 'full']);
});

test('the time begins anew with each that has had its turn', async () => {
	const plan = new Plan(0);
	const outcomes = take(new SlotQueue(senderWith()), plan, 2, 2);
	await pass(MINUTE);
	plan.free = 1;
	await pass(MINUTE);
	expect(outcomes).toEqual(['made']);
	await pass(MINUTE - 10_000);
	expect(outcomes).toEqual(['made']);
	await pass(15_000);
	expect(outcomes).toEqual(['made', 'full']);
});

test('each end of ours costs one try, because one place is free then', async () => {
	const plan = new Plan(3, MINUTE);
	const queue = new SlotQueue(senderWith({ maxConcurrent: 10 }));
	const outcomes = take(queue, plan, 50);
	await pass(1000);
	for (let ended = 0; ended < 47; ended++) {
		plan.free++;
		queue.release();
		await pass(1000);
	}
	expect(outcomes).toHaveLength(50);
	expect(plan.tries).toBe(10 + 47);
});

describe('an item that is refused for another reason', () => {
	const REFUSED: ApiResponse = {
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

	test('leaves the slot that it was given to the next', async () => {
		const plan = new Plan(0, MINUTE);
		const queue = new SlotQueue(senderWith());
		const refuse = async () => {
			const answer = await plan.create();
			if (!answer.ok) return answer;
			plan.free++;
			return REFUSED;
		};
		const refused = queue.enqueue(refuse, 60);
		await pass(0);
		const outcomes = take(queue, plan, 1);
		await pass(1000);
		plan.free = 1;
		queue.release();
		await pass(0);
		expect(await refused).toBe(REFUSED);
		expect(outcomes).toEqual(['made']);
	});

	test('lets the next try at once, if it was not known that there is a slot', async () => {
		const plan = new Plan(0);
		const queue = new SlotQueue(senderWith());
		const refuse = async () => {
			const answer = await plan.create();
			if (!answer.ok) return answer;
			plan.free++;
			return REFUSED;
		};
		const refused = queue.enqueue(refuse, 60);
		await pass(0);
		const outcomes = take(queue, plan, 1);
		await pass(1000);
		plan.free = 1;
		await pass(5000);
		expect(await refused).toBe(REFUSED);
		expect(outcomes).toEqual(['made']);
	});
});
