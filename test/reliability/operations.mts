import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { listOperations } from '../../docs/reference/form.mts';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import type { Sandbox } from '../../sandbox/server.mts';
import { CREDENTIAL, runWorkflow, type WorkflowResult } from '../workflow/engine.mts';
import {
	getOperationName,
	SAVED_WORKFLOWS,
	type SavedWorkflow,
} from '../workflow/savedWorkflowFiles.mts';
import { buildWorkflow } from '../workflow/workflows.mts';

/** Matches an expression with the ID that an earlier node output. */
const ID_OF_NODE = /\{\{ \$\('([^']+)'\)\.first\(\)\.json\.id \}\}/g;

/** An operation that works on the sandbox, in the saved workflow that contains it. */
export interface SavedOperation {
	/** As in the form, e.g. `Asset → Register From URL`. */
	name: string;
	workflow: SavedWorkflow;
	/** The name of its node. */
	node: string;
}

/** A node that is ready to run on its own. */
export interface PreparedNode {
	parameters: INodeParameters;
	items: INodeExecutionData[];
}

/** The names of all operations in the form, by their names in saved workflows. */
export const TITLES = new Map(
	[new SyncAsset(), new SyncGeneration()]
		.flatMap(({ description }) => listOperations(description))
		.map(({ resource, value, title }) => [`${resource}: ${value}`, title]),
);

/** Every operation of the saved workflows, in the order of the form, from the first workflow that contains it. */
export const SAVED_OPERATIONS: SavedOperation[] = [...TITLES].flatMap(([operation, name]) =>
	SAVED_WORKFLOWS.flatMap((workflow) => {
		const node = workflow.json.nodes.find((one) => getOperationName(one) === operation);
		return node ? [{ name, workflow, node: node.name }] : [];
	}).slice(0, 1),
);

/** A credential for a sandbox. */
export const buildCredential = ({ apiKey, url }: Sandbox) => ({
	...CREDENTIAL,
	apiKey,
	baseUrl: url,
});

/** Runs the nodes before an operation's node, and returns that node with their IDs and output. */
export async function prepareNode(
	{ workflow: { json }, node }: SavedOperation,
	sandbox: Sandbox,
): Promise<PreparedNode> {
	const index = json.nodes.findIndex(({ name }) => name === node);
	const earlier = json.nodes.slice(0, index);
	const names = earlier.map(({ name }) => name);
	const connections = Object.entries(json.connections).filter(([name]) =>
		names.slice(0, -1).includes(name),
	);
	const start = json.pinData.Start;
	const before: WorkflowResult = await runWorkflow(
		buildWorkflow(earlier, Object.fromEntries(connections)),
		start,
		buildCredential(sandbox),
	);
	const { error } = before.run.data.resultData;
	if (error) throw error;
	const text = JSON.stringify(json.nodes[index].parameters).replace(ID_OF_NODE, (_all, name) =>
		JSON.stringify(before.getItems(String(name))[0].json.id).slice(1, -1),
	);
	const items = before.getItems(String(names.at(-1)));
	return {
		parameters: JSON.parse(text) as INodeParameters,
		items: (json.nodes[index].executeOnce ? items.slice(0, 1) : items).map((item, number) => ({
			...item,
			pairedItem: { item: number },
		})),
	};
}
