import type { IHttpRequestOptions } from 'n8n-workflow';
import { PerRun, Run } from '../../nodes/shared/transport/run.ts';
import { REPLIES } from './answers.mts';
import { after } from './fakeContext.mts';
import { FakeRun } from './runContext.mts';

const GET: IHttpRequestOptions = { method: 'GET', url: '/v2/assets/a1' };

/** What a node with these options does, seen from the server: a run of 20 requests there that all fail in the end. */
async function behaviour(options: object | undefined) {
	const parameters = options && { options: options as never };
	const fake = new FakeRun(parameters, async () => await after(10, REPLIES.badGateway));
	const { sender } = new Run(fake.item());
	const all = Promise.all(Array.from({ length: 20 }, () => sender.send(fake.item(), GET)));
	await jest.runAllTimersAsync();
	await all;
	const { requests, mostInFlight } = fake.server;
	return {
		maxConcurrent: mostInFlight,
		maxRetries: requests.length / 20 - 1,
		timeout: Number(requests[0].timeout) / 1000,
	};
}

describe('options', () => {
	const USUAL = { maxConcurrent: 10, maxRetries: 5, timeout: 60 };

	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test.each([
		['the node has none', undefined],
		['they are untouched', {}],
		['they are no numbers', { maxConcurrent: 'many', maxRetries: '3', timeout: null }],
		['they are not finite', { maxConcurrent: NaN, maxRetries: Infinity, timeout: -Infinity }],
	])('have their defaults when %s', async (_what, options) => {
		expect(await behaviour(options)).toEqual(USUAL);
	});

	test('are heeded', async () => {
		const options = { maxConcurrent: 3, maxRetries: 2, timeout: 7 };
		expect(await behaviour(options)).toEqual(options);
	});

	test.each([
		['0', 0],
		['a negative number', -5],
	])('are the least that makes sense at %s', async (_what, value) => {
		expect(await behaviour({ maxConcurrent: value, maxRetries: value, timeout: value })).toEqual({
			maxConcurrent: 1,
			maxRetries: 0,
			timeout: 1,
		});
	});

	test('are whole numbers', async () => {
		expect(await behaviour({ maxConcurrent: 2.9, maxRetries: 1.9, timeout: 7.9 })).toEqual({
			maxConcurrent: 2,
			maxRetries: 1,
			timeout: 7,
		});
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
	test('is shared by all its items', () => {
		const runs = new PerRun((context) => new Run(context));
		const fake = new FakeRun();
		expect(runs.of(fake.item({ id: 1 }))).toBe(runs.of(fake.item({ id: 2 })));
	});

	test('is made once, even when what is made is falsy', () => {
		const make = jest.fn(() => 0);
		const runs = new PerRun(make);
		const fake = new FakeRun();
		runs.of(fake.item());
		runs.of(fake.item());
		expect(make).toHaveBeenCalledTimes(1);
	});

	test('is not shared with the next run', () => {
		const runs = new PerRun((context) => new Run(context));
		expect(runs.of(new FakeRun().item())).not.toBe(runs.of(new FakeRun().item()));
	});

	test("is not shared with another node that has the same execute data, as an agent's tools do", () => {
		const runs = new PerRun((context) => new Run(context));
		const fake = new FakeRun();
		expect(runs.of(fake.item({}, 'Tool 1'))).not.toBe(runs.of(fake.item({}, 'Tool 2')));
	});

	test('is not shared with another list of runs', () => {
		const fake = new FakeRun();
		const [one, other] = [new PerRun(() => ({})), new PerRun(() => ({}))];
		expect(one.of(fake.item())).not.toBe(other.of(fake.item()));
	});
});
