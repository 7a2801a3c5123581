import type { INodeExecutionData, IRun } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { uuids } from '../unit/assets.mts';
import { PENDING } from '../unit/generations.mts';
import { RESPONSES } from '../unit/responses.mts';
import { OPERATIONS } from './allOperations.mts';
import { startWorkflow } from './engine.mts';
import { type FakeResponse, parseQuery, useFakeApi } from './fakeApi.mts';
import type { NodeSettings } from './syncNode.mts';
import { buildNodeWorkflow, ID_FROM_ITEM, inputs, inputsForIds } from './workflows.mts';

const server = useFakeApi();
const IDS = uuids(300);
const RETRY_LATER: FakeResponse = { ...RESPONSES.rateLimited, headers: { 'retry-after': '100' } };

/** Stops the execution after a number of requests and waits until it ends. */
async function stopAfter(
	count: number,
	settings: NodeSettings,
	items: INodeExecutionData[],
): Promise<IRun> {
	const { api } = server;
	const execution = startWorkflow(buildNodeWorkflow(settings), items, api.credential);
	await api.waitForRequests(count);
	execution.cancel();
	return await execution;
}

describe.each([
	['combined', true, 3],
	['one by one', false, 10],
])('lookups, %s', (_way, combineLookups, requests) => {
	const options = { combineLookups, maxConcurrent: 10, maxRetries: 5 };
	const get = { resource: 'asset', operation: 'get', assetId: ID_FROM_ITEM, options };

	test('end immediately while requests are in flight, and send nothing more', async () => {
		server.api.respond = () => 'never';
		const { status } = await stopAfter(requests, get, inputsForIds(...IDS));
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(requests);
	});

	test('end immediately during the pause after a rate limit, and send nothing more', async () => {
		server.api.respond = () => RETRY_LATER;
		const { status } = await stopAfter(requests, get, inputsForIds(...IDS));
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(requests);
	});
});

describe.each(OPERATIONS)('$resource: $operation', ({ settings, items }) => {
	test.each<[string, FakeResponse]>([
		['while a request is in flight', 'never'],
		['during a pause', RETRY_LATER],
	])('ends immediately %s, and sends nothing more', async (_when, response) => {
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
	])('ends immediately %s, and sends nothing more', async (_when, held) => {
		server.api.respond = (sent) => (parseQuery(sent).wait ? held : { status: 200, body: PENDING });
		const { status } = await stopAfter(2, settings, inputs({}));
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(2);
	});
});
