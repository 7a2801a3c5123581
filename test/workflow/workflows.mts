import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameterResourceLocator,
	INodeParameters,
	IWorkflowBase,
} from 'n8n-workflow';
import { SYNC_ASSET, SYNC_GENERATION } from './engine.mts';
import { EVALUATE, PASS_ON, TRIGGER } from './stubNodes.mts';

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** The names of the nodes, as the results are asked for. */
export const EARLIER = 'Earlier Node';
export const GET = 'Sync Asset';
export const FOUND = 'Found';
export const FAILED = 'Failed';

/** The asset field of a node whose ID comes from the item's field `assetId`. */
export const FROM_ITEM: INodeParameterResourceLocator = {
	__rl: true,
	mode: 'id',
	value: '={{ $json.assetId }}',
};

/** A node of a workflow's JSON. */
export const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

/** A connection to a node. */
export const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];

/** The node that has a resource; Sync Asset when none is set. */
const typeWith = (resource: unknown = 'asset') =>
	['asset', 'project'].includes(resource as string) ? SYNC_ASSET : SYNC_GENERATION;

/** How the node under test is set. */
export interface NodeSettings extends INodeParameters {
	options?: IDataObject & INodeParameters;
}

/**
 * Manual trigger → Earlier Node → the node that has the resource, whose output goes on to Found and whose error output goes on to Failed.
 * Both evaluate `value`, an expression. Nothing is sent twice unless `parameters` say so.
 */
export function nodeWorkflow(
	{ options, ...parameters }: NodeSettings,
	onError: OnError = 'continueErrorOutput',
	value = '={{ $("Earlier Node").item.json.label }}',
): IWorkflowBase {
	return {
		id: 'workflow',
		name: 'Work with sync.so',
		active: false,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		activeVersionId: null,
		nodes: [
			node('Start', TRIGGER),
			node(EARLIER, PASS_ON),
			node(GET, typeWith(parameters.resource), {
				parameters: { ...parameters, options: { maxRetries: 0, ...options } },
				credentials: { syncApi: { id: '1', name: 'Sync API' } },
				onError,
			}),
			node(FOUND, EVALUATE, { parameters: { value } }),
			node(FAILED, EVALUATE, { parameters: { value } }),
		],
		connections: {
			Start: { main: [to(EARLIER)] },
			[EARLIER]: { main: [to(GET)] },
			[GET]: { main: [to(FOUND), to(FAILED)] },
		},
	};
}

/** The same with the node set to Get, for the ID in the item's field `assetId`. */
export const getWorkflow = (
	parameters: NodeSettings = {},
	...more: [onError?: OnError, value?: string]
): IWorkflowBase =>
	nodeWorkflow({ resource: 'asset', operation: 'get', assetId: FROM_ITEM, ...parameters }, ...more);

/** Items with an ID each, and the label by which a later node finds them again. */
export const itemsForIds = (...ids: unknown[]): INodeExecutionData[] =>
	ids.map((assetId, index) => ({
		json: { assetId, label: `item ${index}` } as IDataObject,
		pairedItem: { item: index },
	}));

/** Items without what the pairing and the evaluation of later nodes add. */
export const jsons = (items: INodeExecutionData[]): IDataObject[] => items.map(({ json }) => json);
