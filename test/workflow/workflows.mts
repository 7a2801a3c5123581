import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameterResourceLocator,
	IWorkflowBase,
} from 'n8n-workflow';

import { buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildNode } from '../../n8n/workflow.mts';
import { EVALUATE, PASS_ON, TRIGGER } from './stubNodes.mts';
import type { NodeSettings } from './syncNode.mts';

/** The values of a node's On Error setting. */
export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** The name of the node before the one under test. Its items have labels. */
const EARLIER_NODE = 'Earlier Node';
/** The name of the node under test. */
export const SYNC_NODE = 'Sync Node';
/** The name of the node after the first output. */
export const FOUND_NODE = 'Found';
/** The name of the node after the error output. */
export const FAILED_NODE = 'Failed';

/** The value of an ID field that reads the ID from the item's field `assetId`. */
export const ID_FROM_ITEM: INodeParameterResourceLocator = byId('={{ $json.assetId }}');

/** Node settings that make n8n run a failed node a second time. */
export const TRY_TWICE: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

/** What a later node evaluates: the label of the paired item of an earlier node. */
const VALUE = '={{ $("Earlier Node").item.json.label }}';

/** Builds a connection to a node. */
export const connectTo = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];

/** Builds a workflow of the given nodes. */
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
 * Builds a workflow for one Sync node: Manual trigger → Earlier Node → the Sync node that has the resource → Found, or
 * Failed from the error output. Found and Failed evaluate the label of the paired item. The Sync node does not retry
 * requests unless the options say so.
 *
 * @param more other settings of the Sync node
 */
export function buildNodeWorkflow(
	{ options, ...parameters }: NodeSettings,
	onError: OnError = 'continueErrorOutput',
	more: Partial<INode> = {},
): IWorkflowBase {
	const settings = { ...parameters, options: { maxRetries: 0, ...options } };
	return buildWorkflow(
		[
			buildNode('Start', TRIGGER, 1),
			buildNode(EARLIER_NODE, PASS_ON, 1),
			buildSyncNode(SYNC_NODE, settings, { onError, ...more }),
			buildNode(FOUND_NODE, EVALUATE, 1, { parameters: { value: VALUE } }),
			buildNode(FAILED_NODE, EVALUATE, 1, { parameters: { value: VALUE } }),
		],
		{
			Start: { main: [connectTo(EARLIER_NODE)] },
			[EARLIER_NODE]: { main: [connectTo(SYNC_NODE)] },
			[SYNC_NODE]: { main: [connectTo(FOUND_NODE), connectTo(FAILED_NODE)] },
		},
	);
}

/** Builds the same workflow with Asset → Get, which reads the ID from the item's field `assetId`. */
export const buildGetWorkflow = (parameters: NodeSettings = {}, onError?: OnError): IWorkflowBase =>
	buildNodeWorkflow(
		{ resource: 'asset', operation: 'get', assetId: ID_FROM_ITEM, ...parameters },
		onError,
	);

/** Builds items with the given JSON, each paired with itself, as a trigger does. */
export const inputs = (...all: object[]): INodeExecutionData[] =>
	all.map((json, item) => ({ json: json as IDataObject, pairedItem: { item } }));

/** Builds this many items. @param getJson returns the JSON of each. Default: empty */
export const manyInputs = (
	count: number,
	getJson: (index: number) => object = () => ({}),
): INodeExecutionData[] => inputs(...Array.from({ length: count }, (_, index) => getJson(index)));

/** Builds one item for each asset ID, with a label that a later node reads. */
export const inputsForIds = (...ids: unknown[]): INodeExecutionData[] =>
	manyInputs(ids.length, (index) => ({ assetId: ids[index], label: `item ${index}` }));

/** Gets the JSON of items, without their files and pairing. */
export const getJsons = (items: INodeExecutionData[]): IDataObject[] =>
	items.map(({ json }) => json);
