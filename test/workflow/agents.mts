import {
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeType,
	type IWorkflowBase,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { buildSyncNode, SYNC_ASSET, SYNC_GENERATION } from '../../n8n/syncNodes.mts';
import { buildNode } from '../../n8n/workflow.mts';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import { prepareNodeType } from './engine.mts';
import { Semaphore } from '../../nodes/shared/transport/semaphore.ts';
import { describeNode, TRIGGER } from './stubNodes.mts';
import { buildWorkflow, connectTo } from './workflows.mts';

/** A tool as an agent sees it. */
interface Tool {
	name: string;
	description: string;
	invoke(args: IDataObject): Promise<string>;
}

/** The type of an agent that calls its tool itself. */
export const SUB_AGENT = 'test.subAgent';
/** The type of an agent whose tool is called by the engine. */
export const AGENT = 'test.agent';
/** The name of the tool's node. */
const CALLED_TOOL = 'Find Asset';

/** Turns a node type into a tool, in place, as `convertNodeToAiTool` does in n8n, which is not a library. */
function toTool(nodeType: INodeType): INodeType {
	const { description } = nodeType;
	Object.assign(description, {
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	});
	delete description.usableAsTool;
	return nodeType;
}

const AGENT_INPUTS = { inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool] };

/**
 * Calls its tool itself, once for each of the arguments in `calls`, as a sub-agent does: in parallel, or one
 * after the other if `oneByOne` is set.
 */
const subAgent: INodeType = {
	description: describeNode('subAgent', AGENT_INPUTS),
	async execute() {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const [{ json: input }] = this.getInputData();
		const calls = input.calls as IDataObject[];
		const slots = new Semaphore(input.oneByOne ? 1 : calls.length);
		const outcomes = await Promise.allSettled(
			calls.map(async (args) => await slots.run(async () => await tool.invoke(args))),
		);
		const json = {
			tool: tool.name,
			description: tool.description,
			outcomes: outcomes.map((outcome) =>
				outcome.status === 'fulfilled'
					? outcome.value
					: `failed: ${(outcome.reason as Error).message}`,
			),
		};
		return [[{ json, pairedItem: { item: 0 } }]];
	},
};

/** Lets the engine call its tool, as n8n's agent node does: returns a request, and runs again with the response. */
const agent: INodeType = {
	description: describeNode('agent', AGENT_INPUTS),
	execute(this: IExecuteFunctions, response?: EngineResponse) {
		const calls = this.getInputData()[0].json.calls as IDataObject[];
		if (!response?.actionResponses.length) {
			return Promise.resolve<EngineRequest>({
				actions: calls.map((input, index) => ({
					actionType: 'ExecutionNodeAction',
					nodeName: CALLED_TOOL,
					input,
					type: NodeConnectionTypes.AiTool,
					id: `call-${index}`,
					metadata: { itemIndex: 0 },
				})),
				metadata: {},
			});
		}
		const outcomes = response.actionResponses.map(({ data }) =>
			data.error ? `failed: ${data.error.message}` : data.data?.ai_tool?.[0]?.[0]?.json,
		);
		return Promise.resolve([[{ json: { outcomes }, pairedItem: { item: 0 } }]]);
	},
};

/**
 * Builds a workflow with an agent: Manual trigger → agent ⇠ the Sync node that has the resource, as a tool.
 *
 * @param more other settings of the tool's node
 */
export function buildAgentWorkflow(
	agentType: string,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): IWorkflowBase {
	const settings = { descriptionType: 'auto', ...parameters };
	const tool = buildSyncNode(CALLED_TOOL, settings, more);
	const nodes = [
		buildNode('Start', TRIGGER, 1),
		buildNode('Agent', agentType, 1),
		{ ...tool, type: `${tool.type}Tool` },
	];
	const workflow = buildWorkflow(nodes, {
		Start: { main: [connectTo('Agent')] },
		[CALLED_TOOL]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	});
	return { ...workflow, settings: { executionOrder: 'v1' } };
}

/** Creates the node types that a workflow with an agent needs in addition to the usual ones. */
export const createAgentTypes = (): Record<string, INodeType> => ({
	[`${SYNC_ASSET}Tool`]: toTool(prepareNodeType(new SyncAsset())),
	[`${SYNC_GENERATION}Tool`]: toTool(prepareNodeType(new SyncGeneration())),
	[SUB_AGENT]: subAgent,
	[AGENT]: agent,
});
