import type { INodeExecutionData, IRun } from 'n8n-workflow';
import { PENDING } from '../unit/generations.mts';
import type { FakeResponse } from './fakeApi.mts';
import { parseQuery, useFakeApi } from './fakeApi.mts';
import { OPERATIONS } from './allOperations.mts';
import { RESPONSES } from '../unit/responses.mts';
import { startWorkflow } from './engine.mts';
import { byId, type NodeSettings } from './syncNode.mts';
import { FROM_ITEM, inputs, itemsForIds, nodeWorkflow } from './workflows.mts';
import { uuids } from '../unit/assets.mts';

const server = useFakeApi();
const IDS = uuids(300);
const ASK_LATER: FakeResponse = { ...RESPONSES.rateLimited, headers: { 'retry-after': '100' } };

/** Presses Stop when so many requests have come, and waits for the end of the execution. */
async function stopAfter(
	count: number,
	settings: NodeSettings,
	items: INodeExecutionData[],
): Promise<IRun> {
	const { api } = server;
	const asked = new Promise<void>((resolve) => {
		api.onSent = () => {
			if (api.sent.length === count) resolve();
		};
	});
	const execution = startWorkflow(nodeWorkflow(settings), items, api.credential);
	await asked;
	execution.cancel();
	return await execution;
}

describe.each([
	['combined', true, 3],
	['one by one', false, 10],
])('look-ups %s', (_way, combineLookups, requests) => {
	const options = { combineLookups, maxConcurrent: 10, maxRetries: 5 };
	const get = { resource: 'asset', operation: 'get', assetId: FROM_ITEM, options };

	test('end at once while answers are awaited, and nothing more is sent', async () => {
		server.api.respond = () => 'never';
		const { status } = await stopAfter(requests, get, itemsForIds(...IDS));
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(requests);
	});

	test('end at once during the pause that a rate limit asks for, and nothing more is sent', async () => {
		server.api.respond = () => ASK_LATER;
		const { status } = await stopAfter(requests, get, itemsForIds(...IDS));
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(requests);
	});
});

describe.each(OPERATIONS)('$resource: $operation', ({ settings, items }) => {
	test.each<[string, FakeResponse]>([
		['while an answer is awaited', 'never'],
		['during a pause', ASK_LATER],
	])('ends at once %s, and nothing more is sent', async (_when, response) => {
		server.api.respond = () => response;
		const options = { maxConcurrent: 1, maxRetries: 5 };
		const { status } = await stopAfter(1, { ...settings, options }, items);
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(1);
	});
});

describe('waiting until a generation is finished', () => {
	const settings = {
		resource: 'generation',
		operation: 'get',
		generationId: byId(PENDING.id),
		waitUntilFinished: true,
	};

	test.each<[string, FakeResponse]>([
		['while the API holds a request', 'never'],
		['between two requests', { status: 200, body: PENDING }],
	])('ends at once %s, and nothing more is sent', async (_when, held) => {
		server.api.respond = (sent) => (parseQuery(sent).wait ? held : { status: 200, body: PENDING });
		const { status } = await stopAfter(2, settings, inputs({}));
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(2);
	});
});
