import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { buildAssetWithId, SPEAKER, uuid } from '../unit/assets.mts';
import { COMPLETED, PENDING } from '../unit/generations.mts';
import { RESPONSES } from '../unit/responses.mts';
import { AGENT, buildAgentWorkflow, createAgentTypes, SUB_AGENT } from './agents.mts';
import { runWorkflow } from './engine.mts';
import { parseQuery, type Responder, serveAssets, useFakeApi } from './fakeApi.mts';

const server = useFakeApi();

/** The asset field as n8n fills it when "Let the model define this parameter" is chosen. */
const FROM_MODEL = {
	__rl: true,
	mode: 'id',
	value: "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Asset', ``, 'string') }}",
};

/** Get, with the asset ID from the agent. */
const GET_TOOL = {
	resource: 'asset',
	operation: 'get',
	assetId: FROM_MODEL,
	output: 'raw',
	options: { maxRetries: 0 },
};

interface AgentItem {
	tool?: string;
	description?: string;
	outcomes: unknown[];
}

/** Lets an agent call its tool once for each of the arguments. Returns what the agent gets back. */
async function callTool(
	agent: string,
	calls: IDataObject[],
	parameters: INodeParameters = {},
	respond: Responder = serveAssets({
		[SPEAKER.id]: SPEAKER,
		[uuid(2)]: buildAssetWithId(uuid(2)),
		[uuid(401)]: RESPONSES.keyInvalid,
	}),
	more: Partial<INode> = {},
) {
	const { api } = server;
	api.respond = respond;
	const start: INodeExecutionData[] = [{ json: { calls }, pairedItem: { item: 0 } }];
	const json = buildAgentWorkflow(agent, { ...GET_TOOL, ...parameters }, more);
	const { run, getItems } = await runWorkflow(json, start, api.credential, createAgentTypes());
	expect(run.data.resultData.error).toBeUndefined();
	return getItems('Agent')[0].json as unknown as AgentItem;
}

/** Converts the outcome of both agents to JSON: a sub-agent gets text, an agent gets the tool's item. */
const toJson = (outcome: unknown): unknown => {
	if (typeof outcome !== 'string' || outcome.startsWith('failed: ')) return outcome;
	const [first] = JSON.parse(outcome) as unknown[];
	return first;
};

describe.each([
	['a sub-agent that calls the tool itself', SUB_AGENT],
	['an agent whose tool is called by the engine', AGENT],
])('%s', (_who, agent) => {
	test('gets one asset for one ID', async () => {
		const { outcomes } = await callTool(agent, [{ Asset: SPEAKER.id }]);
		expect(outcomes.map(toJson)).toEqual([SPEAKER]);
		expect(server.api.requestLines).toEqual([`GET /v2/assets/${SPEAKER.id}`]);
	});

	test('gets the ten most used fields by default', async () => {
		const { outcomes } = await callTool(agent, [{ Asset: SPEAKER.id }], { output: 'simplified' });
		expect(Object.keys(toJson(outcomes[0]) as object)).toHaveLength(10);
	});

	test('gets the selected fields, and null for a field that the output does not have', async () => {
		const settings = {
			output: 'selectedFields',
			selectedFields: 'type , durationSeconds,size,nope',
		};
		const { outcomes } = await callTool(agent, [{ Asset: SPEAKER.id }], settings);
		const { type, durationSeconds, size } = SPEAKER;
		expect(toJson(outcomes[0])).toEqual({ type, durationSeconds, size, nope: null });
	});

	test.each([
		['get', {}],
		['getByIds', { assetIds: uuid(404) }],
	])('gets an error item of %s as it is, whatever fields are selected', async (operation, ids) => {
		const settings = { operation, ...ids, output: 'selectedFields', selectedFields: 'name,url' };
		const calls = [{ Asset: uuid(404) }];
		const { outcomes } = await callTool(agent, calls, settings, undefined, {
			onError: 'continueRegularOutput',
		});
		expect(toJson(outcomes[0])).toEqual({
			error: expect.objectContaining({ statusCode: 404 }) as unknown,
		});
	});

	test('can choose several types for a list', async () => {
		const filters = { types: "={{ $fromAI('Types') }}" };
		const settings = { operation: 'getAll', filters };
		await callTool(agent, [{ Types: 'video, AUDIO' }], settings, () => ({
			status: 200,
			body: { items: [] },
		}));
		expect(parseQuery(server.api.sent[0]).types).toBe('VIDEO,AUDIO');
	});

	test('several calls each get their own asset', async () => {
		const calls = [{ Asset: uuid(2) }, { Asset: SPEAKER.id }];
		const { outcomes } = await callTool(agent, calls);
		expect(outcomes.map(toJson)).toEqual([buildAssetWithId(uuid(2)), SPEAKER]);
	});

	test.each([
		[
			'a missing asset',
			uuid(404),
			`Asset not found: ${uuid(404)}. Check the asset id and that it belongs to your organization.`,
		],
		[
			'a rejected key',
			uuid(401),
			`sync.so rejected the API key (asset ${uuid(401)}). Check the API key in the Sync API credential`,
		],
		['an invalid ID', 'batch', '“batch” is not an ID of an asset. Use an ID from sync.so'],
		['an empty ID', ' ', "The asset ID is empty. Check the expression in 'Asset'"],
	])('gets the error message with ID and hint for %s', async (_what, id, message) => {
		const { outcomes } = await callTool(agent, [{ Asset: id }]);
		expect(String(outcomes[0]).slice(0, `failed: ${message}`.length)).toBe(`failed: ${message}`);
	});

	test.each([
		['get', {}],
		['getByIds', { assetIds: uuid(404) }],
	])('gets an error item with ID and hint from %s', async (operation, parameters) => {
		const calls = [{ Asset: uuid(404) }];
		const settings = { operation, ...parameters };
		const { outcomes } = await callTool(agent, calls, settings, undefined, {
			onError: 'continueRegularOutput',
		});
		const hint = 'Check the asset id and that it belongs to your organization.';
		expect(toJson(outcomes[0])).toMatchObject({
			error: { message: `Asset not found: ${uuid(404)}. ${hint}`, hint, assetId: uuid(404) },
		});
	});

	test('gets an item for a missing asset with Return Item', async () => {
		const calls = [{ Asset: uuid(404) }];
		const { outcomes } = await callTool(agent, calls, { ifMissing: 'returnItem' });
		expect(toJson(outcomes[0])).toMatchObject({ id: uuid(404), found: false });
	});

	test('can wait until a generation is finished', async () => {
		const settings = {
			resource: 'generation',
			generationId: COMPLETED.id,
			waitUntilFinished: true,
		};
		const { outcomes } = await callTool(agent, [{}], settings, (sent) => ({
			status: 200,
			body: parseQuery(sent).wait ? COMPLETED : PENDING,
		}));
		expect(outcomes.map(toJson)).toEqual([COMPLETED]);
	});

	test('cannot use an operation that is hidden in tools, and sends nothing', async () => {
		const settings = {
			resource: 'generation',
			operation: 'waitForWebhook',
			generationId: COMPLETED.id,
		};
		const { outcomes } = await callTool(agent, [{}], settings);
		expect(outcomes[0]).toMatch(
			/^failed: An AI agent can't (use this operation|wait for a webhook)/,
		);
		expect(server.api.requestLines).toEqual([]);
	});
});

test('the agent sees a description of the tool', async () => {
	const { tool, description } = await callTool(SUB_AGENT, [{ Asset: SPEAKER.id }]);
	expect(tool).toBe('Find_Asset');
	expect(description).toBe('Get asset in Sync Asset');
});
