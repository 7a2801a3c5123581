import type { IDataObject, INode } from 'n8n-workflow';

import type { WorkflowJson } from '../n8n/client.mts';

/** Replaces texts everywhere in a workflow. @param replacements pairs of a text and its replacement */
export const replaceTexts = (
	workflow: WorkflowJson,
	replacements: ReadonlyArray<readonly [string, string]>,
): WorkflowJson =>
	JSON.parse(
		replacements.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(workflow)),
	) as WorkflowJson;

/** The parameters of a node, with the groups that are changed here. */
interface Parameters extends IDataObject {
	resource?: string;
	operation?: string;
	filters?: { searchQuery?: string };
	options?: IDataObject;
}

/** Changes parameters of the nodes that have an operation. @param operation e.g. `syncAsset asset getAll` */
const changeNodes = (
	workflow: WorkflowJson,
	operation: string,
	change: (parameters: Parameters) => Partial<Parameters>,
): WorkflowJson => ({
	...workflow,
	nodes: workflow.nodes.map((node) => {
		const parameters = node.parameters as Parameters;
		const { resource = 'asset', operation: name } = parameters;
		const isMeant = `${node.type} ${resource} ${name}` === `n8n-nodes-sync-so.${operation}`;
		return isMeant
			? { ...node, parameters: { ...parameters, ...change(parameters) } as INode['parameters'] }
			: node;
	}),
});

/** Limits the lists of assets in a workflow to those of the demo. @param suffix that of their names */
export const limitToAssets = (workflow: WorkflowJson, suffix: string): WorkflowJson =>
	changeNodes(workflow, 'syncAsset asset getAll', ({ filters }) => {
		const { searchQuery } = filters ?? {};
		return {
			filters: { ...filters, searchQuery: searchQuery ? `${searchQuery}-${suffix}` : suffix },
		};
	});

/**
 * Lets the nodes that create videos refuse those that cost more.
 *
 * @param maxCost in US dollars
 * @param guardDuration the length to estimate the cost for, in seconds. Default: the actual length.
 */
export const limitCost = (
	workflow: WorkflowJson,
	maxCost: number,
	guardDuration?: number,
): WorkflowJson =>
	changeNodes(workflow, 'syncGeneration generation create', ({ options }) => ({
		options: { ...options, maxCost, ...(guardDuration !== undefined && { guardDuration }) },
	}));
