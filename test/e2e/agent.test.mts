import type { INodeParameters } from 'n8n-workflow';

import { type LocalModel, startLocalModel } from '../../demo/localModel.mts';
import type { WorkflowJson } from '../../n8n/client.mts';
import { getItems } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildJsonSource, buildNode, chainNodes } from '../../n8n/workflow.mts';
import { ASSETS, MISSING_ASSET_ID } from '../../sandbox/asset/fixtures.mts';
import { VOICES } from '../../sandbox/voice/fixtures.mts';
import { useN8n } from './n8nLab.mts';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** An expression whose value the model chooses. */
const chosen = (name: string) => `={{ $fromAI('${name}') }}`;

/** A workflow with n8n's AI Agent, which has one tool: the Sync node that has the resource. */
function buildAgentWorkflow(parameters: INodeParameters): WorkflowJson {
	const agent = buildNode('Agent', `${LANGCHAIN}.agent`, 3, {
		parameters: { promptType: 'define', text: 'Do it', options: {} },
	});
	const model = buildNode('Model', `${LANGCHAIN}.lmChatOpenAi`, 1.2, {
		parameters: { model: { __rl: true, mode: 'id', value: 'local' }, options: {} },
		credentials: { openAiApi: { id: null, name: 'Local Model' } },
	});
	// Otherwise, n8n 1.x stops the workflow when a tool fails.
	const tool = buildSyncNode('Tool', parameters, { onError: 'continueRegularOutput' });
	const { nodes, connections, ...workflow } = chainNodes('Agent', [...buildJsonSource({}), agent]);
	return {
		...workflow,
		nodes: [...nodes, model, { ...tool, type: `${tool.type}Tool` }],
		connections: {
			...connections,
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	};
}

describe.each(N8N_VERSIONS)("in n8n %s, with n8n's AI Agent", (version) => {
	const lab = useN8n({ version });
	let model: LocalModel;

	beforeAll(async () => {
		model = await startLocalModel(() => ({ answer: '' }));
		const data = { apiKey: 'local', url: model.url };
		await lab.client.createCredential({ name: 'Local Model', type: 'openAiApi', data });
	});
	afterAll(async () => await model?.close());

	/** Lets the model call its tool once. @returns what the tool told the model, which the model repeats */
	async function callTool(parameters: INodeParameters, args: object): Promise<string> {
		model.setScript(([result]) =>
			result === undefined ? { call: 'Tool', args } : { answer: result },
		);
		const workflow = await lab.client.createWorkflow(buildAgentWorkflow(parameters));
		const execution = await lab.client.run(workflow);
		expect(execution.status).toBe('success');
		const [{ json }] = getItems(execution, 'Agent');
		return json.output as string;
	}

	const getAsset = { resource: 'asset', operation: 'get', assetId: byId(chosen('Asset')) };

	test('an asset is returned with the selected fields', async () => {
		const selection = { output: 'selectedFields', selectedFields: 'type, durationSeconds' };
		const result = await callTool({ ...getAsset, ...selection }, { Asset: ASSETS.interview });
		expect(JSON.parse(result)).toEqual([{ type: 'VIDEO', durationSeconds: 94.32 }]);
	});

	test('the error for a missing asset says which one, and what to do', async () => {
		const result = await callTool(getAsset, { Asset: MISSING_ASSET_ID });
		expect(result).toContain(`Asset not found: ${MISSING_ASSET_ID}`);
		expect(result).toContain('Check the asset id');
	});

	const create = {
		resource: 'generation',
		operation: 'create',
		model: chosen('Model'),
		visualSource: 'asset',
		visualAssetId: byId(chosen('Video')),
		audioSource: 'text',
		voiceId: byId(VOICES.sarah),
		script: chosen('Script'),
	};
	const args = { Model: 'sync-3', Video: ASSETS.teaser, Script: 'Welcome!' };

	test('a video that would cost too much is not created, and the agent sees why', async () => {
		const result = await callTool({ ...create, options: { maxCost: 0.01 } }, args);
		expect(result).toMatch(/over 'Max Cost \(USD\)'.* was not created/);
		expect(await lab.control.getGenerationTotals()).toMatchObject({ created: 0 });
	});

	test('a video with the chosen model is created and waited for', async () => {
		const [video] = JSON.parse(await callTool(create, args)) as object[];
		expect(video).toMatchObject({ status: 'COMPLETED', model: 'sync-3' });
		expect(await lab.control.getGenerationTotals()).toMatchObject({ created: 1 });
	});
});
