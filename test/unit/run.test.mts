import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { PerRun, Run, RunFailedError, getRun } from '../../nodes/shared/transport/run.ts';
import type { Reply } from './answers.mts';
import { REPLIES } from './answers.mts';
import { after } from './fakeContext.mts';
import { FakeRun } from './runContext.mts';

const GET: IHttpRequestOptions = { method: 'GET', url: '/v2/assets/a1' };

/** What a node with these options does, seen from the server. */
async function behaviour(options: object | undefined) {
	const parameters = options && { options: options as never };
	const missing = new FakeRun(parameters, async () => await after(10, REPLIES.notFound));
	const run = new Run(missing.item());
	const all = Array.from({ length: 20 }, () => run.sender.send(missing.item(), GET));
	const broken = new FakeRun(parameters, () => REPLIES.badGateway);
	const one = new Run(broken.item()).sender.send(broken.item(), GET);
	await jest.runAllTimersAsync();
	await Promise.all([...all, one]);
	return {
		maxConcurrent: missing.server.mostInFlight,
		maxRetries: broken.server.requests.length - 1,
		timeout: Number(broken.server.requests[0].timeout) / 1000,
	};
}

describe('options', () => {
	const USUAL = { maxConcurrent: 10, maxRetries: 5, timeout: 60 };

	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test.each([
		['the node has none', undefined],
		['they are untouched', {}],
	])('have their defaults when %s', async (_what, options) => {
		expect(await behaviour(options)).toEqual(USUAL);
	});

	test('are used', async () => {
		const options = { maxConcurrent: 3, maxRetries: 2, timeout: 7 };
		expect(await behaviour(options)).toEqual(options);
	});

	test('are numbers as text too, as the variables of n8n are', async () => {
		const options = { maxConcurrent: '3', maxRetries: ' 2 ', timeout: '7.5' };
		expect(await behaviour(options)).toEqual({ maxConcurrent: 3, maxRetries: 2, timeout: 7.5 });
	});

	test.each([
		['maxConcurrent', 'Max Concurrent Requests', [undefined, null, '', 'many', 0, 2.5, NaN, true]],
		['maxRetries', 'Max Retries', [undefined, null, '', 'some', -1, 1.5, Infinity, []]],
		['timeout', 'Timeout', [undefined, null, '', 'soon', 0, -5, -Infinity, {}]],
	])('%s: anything else is an error that names %s', (name, label, values) => {
		for (const value of values) {
			const fake = new FakeRun({ options: { [name]: value } as never });
			expect(() => new Run(fake.item())).toThrow(`'${label}'`);
		}
	});

	test.each([
		[true, undefined],
		[true, {}],
		[true, { combineLookups: true }],
		[false, { combineLookups: false }],
	])('combine look-ups: %s for %j', (combine, options) => {
		const fake = new FakeRun(options && { options: options as never });
		expect(new Run(fake.item()).combineLookups).toBe(combine);
	});
});

describe('one run of a node', () => {
	/** The run of an item whose work has started. */
	function runFor(fake: FakeRun, index = 0, name?: string): Run {
		const run = getRun(fake.item({}, name, index));
		run.start(index);
		return run;
	}

	test('is shared by all its items', () => {
		const fake = new FakeRun();
		expect(runFor(fake, 0)).toBe(runFor(fake, 1));
	});

	test('ends when an item starts again, as when n8n tries the node again', () => {
		const fake = new FakeRun();
		const first = runFor(fake, 0);
		runFor(fake, 1);
		const second = runFor(fake, 0);
		expect(second).not.toBe(first);
		expect(runFor(fake, 1)).toBe(second);
	});

	test('is not shared with the next run', () => {
		expect(runFor(new FakeRun())).not.toBe(runFor(new FakeRun()));
	});

	test("is not shared with another node that has the same execute data, as an agent's tools do", () => {
		const fake = new FakeRun();
		expect(runFor(fake, 0, 'Tool 1')).not.toBe(runFor(fake, 0, 'Tool 2'));
	});

	test('has one thing of each kind, even if it is falsy', () => {
		const create = jest.fn(() => 0);
		const things = new PerRun(create);
		const run = runFor(new FakeRun());
		things.get(run);
		things.get(run);
		expect(create).toHaveBeenCalledTimes(1);
	});
});

describe('a run that an item has failed', () => {
	test('sends nothing more, and waits for what is in flight before it reports the error', async () => {
		let answer: (reply: Reply) => void = () => {};
		const answered = new Promise<Reply>((resolve) => (answer = resolve));
		const fake = new FakeRun({}, async () => await answered);
		const [first, second] = [fake.item({}, undefined, 0), fake.item({}, undefined, 1)];
		const run = getRun(first);
		run.start(0);
		run.start(1);
		const POST: IHttpRequestOptions = { method: 'POST', url: '/v2/generate' };
		const sent = run.sender.send(second, POST);
		await new Promise((resolve) => setImmediate(resolve));
		const reported = run.fail();
		await expect(run.sender.send(first, GET)).rejects.toBeInstanceOf(RunFailedError);
		expect(await run.fail()).toBe(false);
		answer({ status: 201, body: { id: 'g1' } });
		expect(await sent).toMatchObject({ ok: true });
		run.end();
		expect(await reported).toBe(true);
		expect(fake.server.requests).toHaveLength(1);
	});
});

describe("n8n's signal for Stop", () => {
	/** A context whose execution can be stopped. */
	function stoppable() {
		const controller = new AbortController();
		const { signal } = controller;
		const listeners = new Set<unknown>();
		jest.spyOn(signal, 'addEventListener').mockImplementation((_type, one) => listeners.add(one));
		jest.spyOn(signal, 'removeEventListener').mockImplementation((_type, one) => {
			listeners.delete(one);
		});
		const context = { ...new FakeRun().item(), getExecutionCancelSignal: () => signal };
		return { context: context as IExecuteSingleFunctions, listeners };
	}

	test('has one listener of a run, and none once its items are done', () => {
		const { context, listeners } = stoppable();
		const run = new Run(context);
		run.start(0);
		run.start(1);
		expect(listeners.size).toBe(1);
		run.end();
		expect(listeners.size).toBe(1);
		run.end();
		expect(listeners.size).toBe(0);
	});
});
