import type { IDataObject, INode } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { AGENT, buildAgentWorkflow, createAgentTypes, SUB_AGENT } from './agents.mts';
import { runWorkflow } from './engine.mts';
import { GenerationLab } from './generationLab.mts';
import { LIP_SYNC_SETTINGS } from './syncNode.mts';
import { inputs, TRY_TWICE } from './workflows.mts';

const lab = new GenerationLab();

/** Create with a script that the agent writes. */
const TOOL_SETTINGS = {
	...LIP_SYNC_SETTINGS,
	audioSource: 'text',
	voiceId: byId('EXAVITQu4vr4xnSDxMaL'),
	script: "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Script', ``, 'string') }}",
	options: { maxRetries: 0 },
};

/**
 * Lets an agent call its tool once for each script, in parallel if it can. Returns what the agent gets back.
 *
 * @param options.itemCount number of input items that the agent has
 * @param options.oneByOne whether each call starts when the one before has ended
 */
async function callTool(
	agent: string,
	scripts: string[],
	more: IDataObject = {},
	node: Partial<INode> = {},
	executionId?: string,
	{ itemCount = 1, oneByOne = false } = {},
): Promise<unknown[]> {
	const calls = scripts.map((Script) => ({ Script }));
	const json = buildAgentWorkflow(agent, { ...TOOL_SETTINGS, ...more }, node);
	const { run, getItems } = await runWorkflow(
		json,
		inputs(...Array.from({ length: itemCount }, () => ({ calls, oneByOne }))),
		lab.credential,
		createAgentTypes(),
		executionId,
	);
	expect(run.data.resultData.error).toBeUndefined();
	return (getItems('Agent')[0].json as { outcomes: unknown[] }).outcomes;
}

/** Finds the ID in what an agent gets back as text or as an object. */
const findId = (outcome: unknown): string | undefined =>
	/"id":"([^"]+)"/.exec(typeof outcome === 'string' ? outcome : JSON.stringify(outcome))?.[1];

describe.each([
	['a sub-agent that calls the tool itself', SUB_AGENT],
	['an agent whose tool is called by the engine', AGENT],
])('for %s', (_who, agent) => {
	test('every call creates its own generation', async () => {
		await callTool(agent, ['Hello', 'Hello', 'Goodbye']);
		expect(new Set(await lab.listKeys()).size).toBe(3);
		expect(await lab.countCreated()).toBe(3);
	});

	test('a call creates a generation also if the agent has several items', async () => {
		const [outcome] = await callTool(agent, ['Hello'], {}, {}, undefined, { itemCount: 3 });
		expect(findId(outcome)).toBeDefined();
		expect(await lab.countCreated()).toBe(1);
	});

	test('nothing is created when n8n runs the same execution again in another process', async () => {
		const first = await callTool(agent, ['Hello', 'Hello'], {}, {}, 'stalled');
		const second = await callTool(agent, ['Hello', 'Hello'], {}, {}, 'stalled');
		expect(second.map(findId)).toEqual(first.map(findId));
		expect(await lab.countCreated()).toBe(2);
	});

	test('the agent gets the finished video as text', async () => {
		const [outcome] = await callTool(agent, ['Hello'], { wait: 'inNode' });
		expect(JSON.stringify(outcome)).toMatch(/COMPLETED.*outputUrl/);
	});

	test('Resume by Webhook is refused, and nothing is created', async () => {
		const [outcome] = await callTool(agent, ['Hello'], { wait: 'webhook' });
		expect(outcome).toMatch(/^failed: An AI agent can't use 'Resume by Webhook'/);
		expect(await lab.countCreated()).toBe(0);
	});

	test('the agent can choose the model', async () => {
		const script = 'Hello';
		await callTool(agent, ['sync-3'], { script, model: "={{ $fromAI('Script', ``, 'string') }}" });
		const [{ body }] = await lab.listCreateRequests();
		expect(body).toMatchObject({ model: 'sync-3' });
	});

	test('a call that is repeated because its outcome is unknown creates one generation', async () => {
		const match = { operationId: 'createGeneration' };
		await lab.control.addFault({ match, kind: 'reset', after: true, times: 1 });
		const [first, second, third] = await callTool(
			agent,
			['Hello', 'Hello', 'Hello'],
			{},
			{},
			undefined,
			{ oneByOne: true },
		);
		expect(first).toMatch(/Call the tool again with the same arguments/);
		expect(findId(second)).toBeDefined();
		// The agent has the second one, so the third call is for another one.
		expect(findId(third)).not.toBe(findId(second));
		expect(await lab.countCreated()).toBe(2);
	});

	test('a call that n8n retries creates one generation', async () => {
		const match = { operationId: 'createGeneration' };
		await lab.control.addFault({ match, kind: 'reset', after: true, times: 1 });
		await callTool(agent, ['Hello'], {}, { ...TRY_TWICE, onError: 'stopWorkflow' });
		expect(await lab.listCreateRequests()).toHaveLength(2);
		expect(await lab.countCreated()).toBe(1);
	});
});
