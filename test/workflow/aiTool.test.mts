import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { COMPLETED, PENDING } from '../unit/generations.mts';
import { AGENT, agentTypes, agentWorkflow, SUB_AGENT } from './agents.mts';
import type { Responder } from './fakeApi.mts';
import { serveAssets, parseQuery, useFakeApi } from './fakeApi.mts';
import { buildAsset, SPEAKER, uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { runWorkflow } from './engine.mts';

const server = useFakeApi();

/** The asset field as n8n fills it when "Let the model define this parameter" is chosen. */
const FROM_MODEL = {
	__rl: true,
	mode: 'id',
	value: "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Asset', ``, 'string') }}",
};

/** Get, for the asset that the agent names. */
const GET_TOOL = {
	resource: 'asset',
	operation: 'get',
	assetId: FROM_MODEL,
	options: { maxRetries: 0 },
};

interface AgentItem {
	tool?: string;
	description?: string;
	outcomes: unknown[];
}

/** What an agent gets from its tool when it calls it with each of the arguments. */
async function callTool(
	agent: string,
	calls: IDataObject[],
	parameters: INodeParameters = {},
	respond: Responder = serveAssets({
		[SPEAKER.id]: SPEAKER,
		[uuid(2)]: buildAsset(uuid(2)),
		refused: RESPONSES.keyInvalid,
	}),
) {
	const { api } = server;
	api.respond = respond;
	const start: INodeExecutionData[] = [{ json: { calls }, pairedItem: { item: 0 } }];
	const json = agentWorkflow(agent, { ...GET_TOOL, ...parameters });
	const { run, items } = await runWorkflow(json, start, api.credential, agentTypes());
	expect(run.data.resultData.error).toBeUndefined();
	return items('Agent')[0].json as unknown as AgentItem;
}

/** The same shape from both agents: a sub-agent gets text, an agent the tool's item. */
const toJson = (outcome: unknown): unknown => {
	if (typeof outcome !== 'string' || outcome.startsWith('failed: ')) return outcome;
	const [first] = JSON.parse(outcome) as unknown[];
	return first;
};

describe.each([
	['a sub-agent, which calls the tool itself', SUB_AGENT],
	['an agent, for which the engine calls the tool', AGENT],
])('for %s', (_who, agent) => {
	test('one ID in, one asset out', async () => {
		const { outcomes } = await callTool(agent, [{ Asset: SPEAKER.id }]);
		expect(outcomes.map(toJson)).toEqual([SPEAKER]);
		expect(server.api.lines).toEqual([`GET /v2/assets/${SPEAKER.id}`]);
	});

	test('Simplify keeps the answer short', async () => {
		const { outcomes } = await callTool(agent, [{ Asset: SPEAKER.id }], { simplify: true });
		expect(Object.keys(toJson(outcomes[0]) as object)).toHaveLength(10);
	});

	test('several calls get each its own asset', async () => {
		const calls = [{ Asset: uuid(2) }, { Asset: SPEAKER.id }];
		const { outcomes } = await callTool(agent, calls);
		expect(outcomes.map(toJson)).toEqual([buildAsset(uuid(2)), SPEAKER]);
	});

	test.each([
		['a missing asset', uuid(404), 'Asset not found'],
		['a refused key', 'refused', 'sync.so refused the API key'],
		['an ID that is none', 'batch', '“batch” is not an ID of an asset'],
		['an empty ID', ' ', 'The asset ID is empty'],
	])('the text for %s reaches it', async (_what, id, message) => {
		const { outcomes } = await callTool(agent, [{ Asset: id }]);
		expect(outcomes[0]).toMatch(new RegExp(`^failed: ${message}`));
	});

	test('a missing asset may be an answer instead', async () => {
		const calls = [{ Asset: uuid(404) }];
		const { outcomes } = await callTool(agent, calls, { ifMissing: 'returnItem' });
		expect(toJson(outcomes[0])).toMatchObject({ id: uuid(404), found: false });
	});

	test('the end of a generation can be waited for in the node', async () => {
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

	test('a webhook of a generation can’t be waited for, and nothing is sent', async () => {
		const settings = {
			resource: 'generation',
			operation: 'waitForWebhook',
			generationId: COMPLETED.id,
		};
		const { outcomes } = await callTool(agent, [{}], settings);
		expect(outcomes[0]).toMatch(/^failed: An AI agent can't wait for a webhook/);
		expect(server.api.lines).toEqual([]);
	});
});

test('the agent reads what the tool is for', async () => {
	const { tool, description } = await callTool(SUB_AGENT, [{ Asset: SPEAKER.id }]);
	expect(tool).toBe('Find_Asset');
	expect(description).toBe('Get asset in Sync Asset');
});
