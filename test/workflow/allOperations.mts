import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import { uuid } from '../unit/assets.mts';
import { byId, type NodeSettings } from './syncNode.mts';
import { manyInputs } from './workflows.mts';

/** An operation of a node as a person could have set it. */
export interface Operation {
	resource: string;
	operation: string;
	settings: NodeSettings;
	/** What goes in: two items with a file each, or as many as an operation takes at most or at least. */
	items: INodeExecutionData[];
}

/** How many items go in, where it is not two. */
const ITEMS: Record<string, number> = {
	// Suspends the whole execution, so for one item only.
	'generation waitForWebhook': 1,
	// A batch has no fewer rows.
	'batch create': 20,
};

const properties = [new SyncAsset(), new SyncGeneration()].flatMap(
	({ description }) => description.properties,
);

/** Whether a field is shown for an operation whose other fields are untouched. */
const isShownFor = ({ displayOptions }: INodeProperties, resource: string, operation: string) => {
	const { resource: resources, operation: operations, ...others } = displayOptions?.show ?? {};
	const usual = (name: string) => properties.find((field) => field.name === name)?.default;
	return (
		resources?.includes(resource) &&
		operations?.includes(operation) &&
		Object.entries(others).every(([name, values]) => values?.includes(usual(name) as never))
	);
};

/** What is in a field that has to be filled in; undefined for the others. */
function exampleValue({ name, type, required, placeholder = '', default: usual }: INodeProperties) {
	if (name === 'updateFields') return { name: 'New' };
	if (!required || usual !== '') return type === 'resourceLocator' ? byId(uuid(1)) : undefined;
	return placeholder.replace(/^e\.g\. |, …$/g, '');
}

function buildSettings(resource: string, operation: string): NodeSettings {
	const fields = properties.filter((field) => isShownFor(field, resource, operation));
	const filled = fields.map((field) => [field.name, exampleValue(field)] as const);
	const values = Object.fromEntries(filled.filter(([, value]) => value !== undefined));
	// Nobody waits for a plan that stays full.
	return { resource, operation, ...values, options: { timeLimit: 0.001 } };
}

/** Items with a file each, for the operations that want one. */
const buildFileItems = (count: number) =>
	manyInputs(count, (item) => ({ label: `item ${item}` })).map((item) => ({
		...item,
		binary: {
			data: {
				data: Buffer.from('film').toString('base64'),
				mimeType: 'video/mp4',
				fileName: 'film.mp4',
			},
		},
	}));

/** Every operation of the nodes, as their descriptions have them. */
export const OPERATIONS: Operation[] = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ options, displayOptions }) => {
		const [resource] = displayOptions?.show?.resource as string[];
		return (options as INodePropertyOptions[]).map(({ value }) => {
			const operation = value as string;
			const items = buildFileItems(ITEMS[`${resource} ${operation}`] ?? 2);
			return { resource, operation, settings: buildSettings(resource, operation), items };
		});
	});
