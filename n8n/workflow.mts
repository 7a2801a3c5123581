import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from './client.mts';

/** Creates a node of a workflow. `chainNodes` positions it on the canvas. */
export const buildNode = (
	name: string,
	type: string,
	typeVersion: number,
	properties: Partial<INode> = {},
): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: {},
	...properties,
});

/** Creates the nodes Start and List, which output one item when the workflow starts. */
export function buildJsonSource(json: IDataObject): INode[] {
	// Not a Code node, which runs in another process.
	const jsonOutput = JSON.stringify(json);
	return [
		buildNode('Start', 'n8n-nodes-base.manualTrigger', 1),
		buildNode('List', 'n8n-nodes-base.set', 3.4, {
			parameters: { mode: 'raw', jsonOutput, options: {} },
		}),
	];
}

/** Creates a Split Out node, which outputs one item for each element of a list. */
export const buildSplitOut = (name: string, field: string, options: INodeParameters = {}): INode =>
	buildNode(name, 'n8n-nodes-base.splitOut', 1, {
		parameters: { fieldToSplitOut: field, options },
	});

/** Creates the nodes Start, List and Assets, which output one item for each row when the workflow starts. */
export const buildItemSource = (rows: IDataObject[]): INode[] => [
	...buildJsonSource({ assets: rows }),
	buildSplitOut('Assets', 'assets'),
];

/** Creates a workflow that connects the first output of each node with the next node. */
export function chainNodes(name: string, nodes: INode[]): WorkflowJson {
	const connections = nodes.slice(1).map((next, index) => {
		const main = [[{ node: next.name, type: 'main' as const, index: 0 }]];
		return [nodes[index].name, { main }] as const;
	});
	const positioned = nodes.map((current, index) => ({
		...current,
		position: [index * 220, 0] as [number, number],
	}));
	return { name, nodes: positioned, connections: Object.fromEntries(connections) };
}
