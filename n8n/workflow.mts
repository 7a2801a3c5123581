import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from './client.mts';

/** A node of a workflow, without a place on the canvas of its own. */
export const node = (
	name: string,
	type: string,
	typeVersion: number,
	more: Partial<INode> = {},
): INode => ({ id: name, name, type, typeVersion, position: [0, 0], parameters: {}, ...more });

/** The nodes Start and List, which together put out one item when the workflow is started. */
export function jsonSource(json: IDataObject): INode[] {
	// Not n8n's Code node: it runs in another process.
	const jsonOutput = JSON.stringify(json);
	return [
		node('Start', 'n8n-nodes-base.manualTrigger', 1),
		node('List', 'n8n-nodes-base.set', 3.4, {
			parameters: { mode: 'raw', jsonOutput, options: {} },
		}),
	];
}

/** A node that makes one item of each element of a list. @param options n8n's own for this node */
export const splitOut = (name: string, field: string, options: INodeParameters = {}): INode =>
	node(name, 'n8n-nodes-base.splitOut', 1, {
		parameters: { fieldToSplitOut: field, options },
	});

/** The nodes Start, List and Assets, which together put out one item for each row when the workflow is started. */
export const itemSource = (rows: IDataObject[]): INode[] => [
	...jsonSource({ assets: rows }),
	splitOut('Assets', 'assets'),
];

/** A workflow of nodes in a row, each getting what comes out of the first output of the one before. */
export function chain(name: string, nodes: INode[]): WorkflowJson {
	const connections = nodes.slice(1).map((next, index) => {
		const main = [[{ node: next.name, type: 'main' as const, index: 0 }]];
		return [nodes[index].name, { main }] as const;
	});
	const placed = nodes.map((one, index) => ({
		...one,
		position: [index * 220, 0] as [number, number],
	}));
	return { name, nodes: placed, connections: Object.fromEntries(connections) };
}
