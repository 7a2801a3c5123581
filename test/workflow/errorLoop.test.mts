import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { buildNode } from '../../n8n/workflow.mts';
import { runWorkflow } from './engine.mts';
import { useFakeApi } from './fakeApi.mts';
import { GenerationLab } from './generationLab.mts';
import { type OperationResult, readOperationResult, type Server } from './runOperation.mts';
import { BATCH_SETTINGS, LIP_SYNC_SETTINGS, type NodeSettings } from './syncNode.mts';
import { describeNode } from './stubNodes.mts';
import {
	buildNodeWorkflow,
	connectTo,
	FOUND_NODE,
	inputs,
	manyInputs,
	SYNC_NODE,
} from './workflows.mts';

const AGAIN = 'Again';

/** Passes items on in its first run only, so that the loop ends. */
const passOnOnce: INodeType = {
	description: describeNode('passOnOnce'),
	execute(this: IExecuteFunctions) {
		const memory = this.getContext('node');
		const items = memory.hasRun ? [] : this.getInputData();
		memory.hasRun = true;
		return Promise.resolve([items]);
	},
};

/** Runs a Sync node whose error output leads back to it once. */
async function runWithLoop(
	{ credential }: Server,
	settings: NodeSettings,
	items: INodeExecutionData[] = inputs({}),
): Promise<OperationResult> {
	const workflow = buildNodeWorkflow(settings);
	workflow.nodes.push(buildNode(AGAIN, 'test.passOnOnce', 1));
	workflow.connections[SYNC_NODE] = { main: [connectTo(FOUND_NODE), connectTo(AGAIN)] };
	workflow.connections[AGAIN] = { main: [connectTo(SYNC_NODE)] };
	const types = { 'test.passOnOnce': passOnOnce };
	const result = await runWorkflow(workflow, items, credential, types);
	expect(result.run.data.resultData.runData[SYNC_NODE]).toHaveLength(2);
	return readOperationResult(workflow, result);
}

describe('if the error output leads back to Create', () => {
	const lab = new GenerationLab();
	const CREATE = { operationId: 'createGeneration' };
	const TAKES = { ...LIP_SYNC_SETTINGS, additionalFields: { outputFileName: '={{ $json.take }}' } };
	const TWO = inputs({ take: 'take_0' }, { take: 'take_1' });

	test('a generation whose response was lost is requested with the same key and body', async () => {
		const match = { ...CREATE, bodyContains: 'take_1' };
		await lab.control.addFault({ match, kind: 'reset', after: true, times: 1 });
		const { results } = await runWithLoop(lab, TAKES, TWO);
		expect(results).toMatchObject([{ outputFileName: 'take_1' }]);
		expect(await lab.listCreateRequests()).toHaveLength(3);
		expect(await lab.countCreated()).toBe(2);
	});

	test('a generation that did not finish in time is not created again', async () => {
		await lab.control.addOutcome({ pendingMs: null, match: { bodyContains: 'take_0' } });
		const fields = { ...TAKES, wait: 'inNode', options: { timeLimit: 0.001 } };
		const { errors } = await runWithLoop(lab, fields, TWO.slice(0, 1));
		expect(errors).toMatchObject([
			{ message: expect.stringMatching(/did not finish within/) as string },
		]);
		expect(await lab.listCreateRequests()).toHaveLength(1);
	});

	test('a generation that failed is created again', async () => {
		await lab.control.addOutcome({ status: 'FAILED', times: 1 });
		const { results } = await runWithLoop(lab, { ...TAKES, wait: 'inNode' }, TWO.slice(0, 1));
		expect(results).toMatchObject([{ status: 'COMPLETED' }]);
		expect(await lab.countCreated()).toBe(2);
	});
});

describe('if the error output leads back, and the response was lost', () => {
	const server = useFakeApi();

	test.each<[string, NodeSettings, INodeExecutionData[]]>([
		[
			'speech',
			{ resource: 'speech', operation: 'create', script: 'Hello.', voiceId: byId('v1') },
			inputs({}),
		],
		['batch', BATCH_SETTINGS, manyInputs(20)],
	])('a %s is not created again', async (_what, settings, items) => {
		server.api.respond = () => 'reset';
		const { errors } = await runWithLoop(server.api, settings, items);
		expect(errors[0].message).toMatch(/may have been created by an earlier attempt/);
		expect(server.api.sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
});
