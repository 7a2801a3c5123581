import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameterResourceLocator,
	IWorkflowBase,
} from 'n8n-workflow';

import { node } from '../../n8n/workflow.mts';
import { EVALUATE, PASS_ON, TRIGGER } from './stubNodes.mts';
import { byId, type NodeSettings, syncNode } from './syncNode.mts';

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** The names of the nodes. Each test reads the results by them. */
export const EARLIER = 'Earlier Node';
/** The node under test. */
export const SYNC = 'Sync Node';
export const FOUND = 'Found';
export const FAILED = 'Failed';

/** The asset field of a node that gets the ID from the item's field `assetId`. */
export const FROM_ITEM: INodeParameterResourceLocator = byId('={{ $json.assetId }}');

/** Node settings with which n8n runs a failed node a second time. */
export const TRY_TWICE: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

/** What a later node evaluates: the label of the paired item of an earlier node. */
const VALUE = '={{ $("Earlier Node").item.json.label }}';

/** A connection to a node. */
export const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];

/** A workflow of the given nodes. */
export const buildWorkflow = (
	nodes: INode[],
	connections: IWorkflowBase['connections'],
): IWorkflowBase => ({
	id: 'workflow',
	name: 'Work with sync.so',
	active: false,
	isArchived: false,
	createdAt: new Date(0),
	updatedAt: new Date(0),
	activeVersionId: null,
	nodes,
	connections,
});

/**
 * Manual trigger → Earlier Node → the Sync node that has the resource → Found, or Failed from the error output. Found and
 * Failed evaluate the label of the paired item. The Sync node does not retry requests unless the options say so.
 *
 * @param more other settings of the Sync node
 */
export function nodeWorkflow(
	{ options, ...parameters }: NodeSettings,
	onError: OnError = 'continueErrorOutput',
	more: Partial<INode> = {},
): IWorkflowBase {
	const settings = { ...parameters, options: { maxRetries: 0, ...options } };
	return buildWorkflow(
		[
			node('Start', TRIGGER, 1),
			node(EARLIER, PASS_ON, 1),
			syncNode(SYNC, settings, { onError, ...more }),
			node(FOUND, EVALUATE, 1, { parameters: { value: VALUE } }),
			node(FAILED, EVALUATE, 1, { parameters: { value: VALUE } }),
		],
		{
			Start: { main: [to(EARLIER)] },
			[EARLIER]: { main: [to(SYNC)] },
			[SYNC]: { main: [to(FOUND), to(FAILED)] },
		},
	);
}

/** The same workflow with Asset → Get, which gets the ID from the item's field `assetId`. */
export const getWorkflow = (parameters: NodeSettings = {}, onError?: OnError): IWorkflowBase =>
	nodeWorkflow({ resource: 'asset', operation: 'get', assetId: FROM_ITEM, ...parameters }, onError);

/** Items with the given JSON, each paired with itself as a trigger does it. */
export const inputs = (...all: object[]): INodeExecutionData[] =>
	all.map((json, item) => ({ json: json as IDataObject, pairedItem: { item } }));

/** A number of items. @param getJson gives the JSON of each; by default, it is empty */
export const manyInputs = (
	count: number,
	getJson: (index: number) => object = () => ({}),
): INodeExecutionData[] => inputs(...Array.from({ length: count }, (_, index) => getJson(index)));

/** One item for each asset ID, with a label that a later node reads. */
export const itemsForIds = (...ids: unknown[]): INodeExecutionData[] =>
	manyInputs(ids.length, (index) => ({ assetId: ids[index], label: `item ${index}` }));

/** The JSON of items, without binary data and pairing. */
export const jsons = (items: INodeExecutionData[]): IDataObject[] => items.map(({ json }) => json);
