import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { getOrCreateRun, PerRun, Run, RunFailedError } from '../../nodes/shared/transport/run.ts';
import { FakeRun } from './fakeRun.mts';
import { resolveAfter } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

const GET: IHttpRequestOptions = { method: 'GET', url: '/v2/assets/a1' };

/** Measures on the server how a node with these options behaves. */
async function measureBehavior(options: object | undefined) {
	const parameters = options && { options: options as never };
	const missing = new FakeRun(parameters, async () => await resolveAfter(10, RESPONSES.notFound));
	const run = new Run(missing.createContext());
	const all = Array.from({ length: 20 }, () => run.sender.send(missing.createContext(), GET));
	const broken = new FakeRun(parameters, () => RESPONSES.badGateway);
	const one = new Run(broken.createContext()).sender.send(broken.createContext(), GET);
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
		['the node has no options', undefined],
		['no option is set', {}],
	])('have defaults when %s', async (_what, options) => {
		expect(await measureBehavior(options)).toEqual(USUAL);
	});

	test('are applied', async () => {
		const options = { maxConcurrent: 3, maxRetries: 2, timeout: 7 };
		expect(await measureBehavior(options)).toEqual(options);
	});

	test('can be numbers as text, like the variables of n8n', async () => {
		const options = { maxConcurrent: '3', maxRetries: ' 2 ', timeout: '7.5' };
		expect(await measureBehavior(options)).toEqual({
			maxConcurrent: 3,
			maxRetries: 2,
			timeout: 7.5,
		});
	});

	test.each([
		['maxConcurrent', 'Max Concurrent Requests', [undefined, null, '', 'many', 0, 2.5, NaN, true]],
		['maxRetries', 'Max Retries', [undefined, null, '', 'some', -1, 1.5, Infinity, []]],
		['timeout', 'Timeout (Seconds)', [undefined, null, '', 'soon', 0, -5, -Infinity, {}]],
	])('%s: an invalid value is an error that names %s', (name, label, values) => {
		for (const value of values) {
			const fake = new FakeRun({ options: { [name]: value } as never });
			expect(() => new Run(fake.createContext())).toThrow(`'${label}'`);
		}
	});

	test.each([
		[true, undefined],
		[true, {}],
		[true, { combineLookups: true }],
		[false, { combineLookups: false }],
	])('combineLookups is %s for %j', (combine, options) => {
		const fake = new FakeRun(options && { options: options as never });
		expect(new Run(fake.createContext()).combineLookups).toBe(combine);
	});
});

describe('one run of a node', () => {
	/** Gets the run of an item and starts the item. */
	function startItem(fake: FakeRun, index = 0, name?: string): Run {
		const run = getOrCreateRun(fake.createContext({}, name, index));
		run.start(index);
		return run;
	}

	test('is shared by all items', () => {
		const fake = new FakeRun();
		expect(startItem(fake, 0)).toBe(startItem(fake, 1));
	});

	test('ends when an item starts again, as n8n does when it retries the node', () => {
		const fake = new FakeRun();
		const first = startItem(fake, 0);
		startItem(fake, 1);
		const second = startItem(fake, 0);
		expect(second).not.toBe(first);
		expect(startItem(fake, 1)).toBe(second);
	});

	test('is not shared with the next run', () => {
		expect(startItem(new FakeRun())).not.toBe(startItem(new FakeRun()));
	});

	test("is not shared with another node that has the same execute data, like an agent's tools", () => {
		const fake = new FakeRun();
		expect(startItem(fake, 0, 'Tool 1')).not.toBe(startItem(fake, 0, 'Tool 2'));
	});

	test('creates each shared object once, even if it is falsy', () => {
		const create = jest.fn(() => 0);
		const things = new PerRun(create);
		const run = startItem(new FakeRun());
		things.get(run);
		things.get(run);
		expect(create).toHaveBeenCalledTimes(1);
	});
});

describe('a run in which an item failed', () => {
	test('sends nothing more, and waits for requests in flight before it reports the error', async () => {
		let respond: (response: HttpResponse) => void = () => {};
		const responded = new Promise<HttpResponse>((resolve) => (respond = resolve));
		const fake = new FakeRun({}, async () => await responded);
		const [first, second] = [
			fake.createContext({}, undefined, 0),
			fake.createContext({}, undefined, 1),
		];
		const run = getOrCreateRun(first);
		run.start(0);
		run.start(1);
		const POST: IHttpRequestOptions = { method: 'POST', url: '/v2/generate' };
		const sent = run.sender.send(second, POST);
		await new Promise((resolve) => setImmediate(resolve));
		const reported = run.fail();
		await expect(run.sender.send(first, GET)).rejects.toBeInstanceOf(RunFailedError);
		expect(await run.fail()).toBe(false);
		respond({ status: 201, body: { id: 'g1' } });
		expect(await sent).toMatchObject({ ok: true });
		run.end();
		expect(await reported).toBe(true);
		expect(fake.server.requests).toHaveLength(1);
	});
});

test('a file that waits for a slot is not touched after the run is canceled', async () => {
	const run = new Run(new FakeRun().createContext());
	let finish: () => void = () => {};
	const finished = new Promise<void>((resolve) => (finish = resolve));
	const first = Array.from({ length: 4 }, async () => await run.withFile(() => finished));
	const task = jest.fn(async () => await finished);
	const outcomes = Promise.allSettled([...first, run.withFile(task)]);
	run.cancellation.cancel(new RunFailedError());
	finish();
	await outcomes;
	await new Promise((resolve) => setImmediate(resolve));
	expect(task).not.toHaveBeenCalled();
});

describe("n8n's cancel signal", () => {
	/** Creates a context whose execution can be stopped, with the listeners of its signal. */
	function createStoppableContext() {
		const controller = new AbortController();
		const { signal } = controller;
		const listeners = new Set<unknown>();
		jest.spyOn(signal, 'addEventListener').mockImplementation((_type, one) => listeners.add(one));
		jest.spyOn(signal, 'removeEventListener').mockImplementation((_type, one) => {
			listeners.delete(one);
		});
		const context = { ...new FakeRun().createContext(), getExecutionCancelSignal: () => signal };
		return { context: context as IExecuteSingleFunctions, listeners };
	}

	test('has one listener per run, and none after all items are finished', () => {
		const { context, listeners } = createStoppableContext();
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
