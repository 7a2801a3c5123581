import { type SentRequest, parseQuery, servePages, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import { SandboxLab } from './sandboxLab.mts';
import { LIP_SYNC_SETTINGS, type NodeSettings } from './syncNode.mts';

const SETTINGS = {
	resource: 'usage',
	operation: 'getAll',
	startTime: '2026-01-01T00:00:00Z',
	endTime: '2026-02-01T00:00:00Z',
	returnAll: true,
};

const COST = {
	generationId: 'g1',
	generationStatus: 'COMPLETED',
	currency: 'USD',
	availability: 'complete',
	totalCostUsd: '0.1200',
	knownSubtotalUsd: '0.1200',
	retryAfterSeconds: null,
	components: [],
	createdAt: '2026-01-15T10:30:00Z',
	finishedAt: '2026-01-15T10:31:00Z',
	model: 'lipsync-2',
	apiKey: { name: 'n8n' },
};

describe('Usage → Get Many', () => {
	const server = useFakeApi();

	const run = async (settings: NodeSettings = {}) =>
		await runOperation(server.api, { ...SETTINGS, ...settings });

	const getSentPeriod = () => {
		const { startTime, endTime } = parseQuery(server.api.sent[0]);
		return [startTime, endTime];
	};

	test('outputs amounts as numbers, with their text, and the times last', async () => {
		server.api.respond = servePages([COST]);
		const { results } = await run();
		expect(results).toEqual([
			{
				...COST,
				totalCostUsd: 0.12,
				knownSubtotalUsd: 0.12,
				totalCostUsdText: '0.1200',
				knownSubtotalUsdText: '0.1200',
			},
		]);
		expect(Object.keys(results[0]).slice(0, 2)).toEqual(['generationId', 'model']);
		expect(Object.keys(results[0]).slice(-2)).toEqual(['createdAt', 'finishedAt']);
	});

	test('requests pages of 500', async () => {
		server.api.respond = servePages(Array.from({ length: 501 }, () => COST));
		expect((await run()).results).toHaveLength(501);
		const limits = server.api.sent.map((sent: SentRequest) => parseQuery(sent).limit);
		expect(limits).toEqual(['500', '500']);
	});

	test('stops at the limit', async () => {
		server.api.respond = servePages([COST, COST, COST]);
		expect((await run({ returnAll: false, limit: 2 })).results).toHaveLength(2);
	});

	test('replaces API keys in the output', async () => {
		server.api.respond = servePages([{ ...COST, apiKey: { value: 'sk-abcd.efgh-1234' } }]);
		expect((await run()).results).toMatchObject([{ apiKey: { value: 'sk-…1234' } }]);
	});

	test('gets the last month unless another period is set', async () => {
		server.api.respond = servePages([]);
		await runOperation(server.api, { ...SETTINGS, startTime: undefined, endTime: undefined });
		const [start, end] = getSentPeriod().map((time) => new Date(time));
		const days = (end.getTime() - start.getTime()) / 86_400_000;
		expect(days).toBeGreaterThan(27);
		expect(days).toBeLessThan(32);
		expect(end.getTime()).toBeLessThanOrEqual(Date.now());
	});

	test('takes a date without a time zone in that of the workflow', async () => {
		server.api.respond = servePages([]);
		await run({ startTime: '2026-01-01T00:00:00', endTime: '={{ $now.plus({ days: 1 }) }}' });
		// The workflow has n8n's default time zone, New York.
		expect(getSentPeriod()[0]).toBe('2026-01-01T05:00:00.000Z');
	});

	test.each([
		['an empty time', { startTime: '={{ "" }}' }, "'Start Time' is empty"],
		['an expression without a value', { endTime: '={{ null }}' }, "'End Time' is empty"],
		['text that is not a date', { startTime: 'soon' }, "'Start Time' is not a date"],
		[
			'a period that ends before it starts',
			{ endTime: '2025-01-01T00:00:00Z' },
			'The period ends at 2025-01-01T00:00:00.000Z, which is not after its start (2026-01-01T00:00:00.000Z)',
		],
	])('sends nothing for %s', async (_what, settings, message) => {
		expect((await run(settings)).errors).toMatchObject([{ message, statusCode: 0 }]);
		expect(server.api.sent).toEqual([]);
	});

	test.each([
		['no list', {}],
		['entries without a generation', { items: [{}] }],
	])('fails for a response with %s', async (_what, body) => {
		server.api.respond = () => ({ status: 200, body });
		const { errors } = await run();
		expect(errors).toMatchObject([{ message: 'The response from sync.so is not a list' }]);
	});
});

describe('on the sandbox', () => {
	const lab = new SandboxLab({ pendingMs: 0, processingMs: 0 });

	test('lists the cost of a generation', async () => {
		const create = { ...LIP_SYNC_SETTINGS, wait: 'inNode' };
		const [{ id }] = (await lab.run(create)).results;
		const period = { startTime: '2000-01-01', endTime: '={{ $now.plus({ days: 1 }) }}' };
		const { results } = await lab.run({ ...SETTINGS, ...period });
		expect(results).toMatchObject([{ generationId: id, model: 'lipsync-2', totalCostUsd: 0.1 }]);
	});
});
