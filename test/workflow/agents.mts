import type {
	EngineRequest,
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	IWorkflowBase,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import { prepareNodeType, SYNC_ASSET, SYNC_GENERATION } from './engine.mts';
import { TRIGGER } from './stubNodes.mts';
import { getWorkflow, node, to } from './workflows.mts';

/** What an agent sees of a tool. */
interface Tool {
	name: string;
	description: string;
	invoke(args: IDataObject): Promise<string>;
}

export const TOOL = `${SYNC_ASSET}Tool`;
export const GENERATION_TOOL = `${SYNC_GENERATION}Tool`;
export const SUB_AGENT = 'test.subAgent';
export const AGENT = 'test.agent';
/** The name of the node that an agent of these tests calls. */
export const CALLED_TOOL = 'Find Asset';

/** The node as n8n offers it to agents: what `convertNodeToAiTool` in n8n itself, which has no library, makes of it. */
export function toTool(nodeType: INodeType): INodeType {
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

const description = (name: string): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name },
	inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
});

/** Calls its tools itself, with the arguments in `calls`, all at once, as a sub-agent does. */
const subAgent: INodeType = {
	description: description('subAgent'),
	async execute() {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const calls = this.getInputData()[0].json.calls as IDataObject[];
		const outcomes = await Promise.allSettled(calls.map(async (args) => await tool.invoke(args)));
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

/** Has the engine call its tool, as n8n's agent node does: ends with a request, and is run again with the answer. */
const agent: INodeType = {
	description: description('agent'),
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
 * Manual trigger → agent ⇠ the tool that has the resource
 *
 * @param more further settings of the tool's node
 */
export function agentWorkflow(
	agentType: string,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): IWorkflowBase {
	return {
		...getWorkflow(),
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', TRIGGER),
			node('Agent', agentType),
			node(CALLED_TOOL, parameters.resource === 'generation' ? GENERATION_TOOL : TOOL, {
				parameters: { descriptionType: 'auto', ...parameters },
				credentials: { syncApi: { id: '1', name: 'Sync API' } },
				...more,
			}),
		],
		connections: {
			Start: { main: [to('Agent')] },
			[CALLED_TOOL]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	};
}

/** The node types of a workflow with an agent, beside the usual ones. */
export const agentTypes = (): Record<string, INodeType> => ({
	[TOOL]: toTool(prepareNodeType(new SyncAsset())),
	[GENERATION_TOOL]: toTool(prepareNodeType(new SyncGeneration())),
	[SUB_AGENT]: subAgent,
	[AGENT]: agent,
});
