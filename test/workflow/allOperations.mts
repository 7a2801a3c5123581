import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import { uuid } from '../unit/assets.mts';
import type { NodeSettings } from './syncNode.mts';
import { manyInputs } from './workflows.mts';

/** An operation with settings that a user could enter. */
export interface Operation {
	resource: string;
	operation: string;
	settings: NodeSettings;
	/** The input: items with a file each. There are two, unless the operation requires another number. */
	items: INodeExecutionData[];
}

/** The number of input items, where it is not two. */
const ITEMS: Record<string, number> = {
	// It suspends the execution, so it accepts only one item.
	'generation waitForWebhook': 1,
	'batch waitForWebhook': 1,
	// The minimum for a batch.
	'batch create': 20,
};

const properties = [new SyncAsset(), new SyncGeneration()].flatMap(
	({ description }) => description.properties,
);

/** Whether a field is shown for an operation whose other fields have their defaults. */
const isShownFor = ({ displayOptions }: INodeProperties, resource: string, operation: string) => {
	const { resource: resources, operation: operations, ...others } = displayOptions?.show ?? {};
	const getDefault = (name: string) => properties.find((field) => field.name === name)?.default;
	return (
		resources?.includes(resource) &&
		operations?.includes(operation) &&
		Object.entries(others).every(([name, values]) => values?.includes(getDefault(name) as never))
	);
};

/** Gets an example value for a field that must be filled in; undefined for other fields. */
function getExampleValue({
	name,
	type,
	required,
	placeholder = '',
	default: usual,
}: INodeProperties) {
	if (name === 'updateFields') return { name: 'New' };
	if (name === 'edits') return { edit: [{ kind: 'remove', wordIds: 'w1' }] };
	if (!required || usual !== '') return type === 'resourceLocator' ? byId(uuid(1)) : undefined;
	return placeholder.replace(/^e\.g\. |, …$/g, '');
}

function buildSettings(resource: string, operation: string): NodeSettings {
	const fields = properties.filter((field) => isShownFor(field, resource, operation));
	const filled = fields.map((field) => [field.name, getExampleValue(field)] as const);
	const values = Object.fromEntries(filled.filter(([, value]) => value !== undefined));
	// The tests must not wait for a plan that stays full.
	return { resource, operation, ...values, options: { timeLimit: 0.001 } };
}

/** Builds items with a label and a file. */
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

/** All operations of both nodes, from their descriptions. */
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

/** A field that contains text: at the top level of an operation's form, or in one of its collections. */
export interface TextField {
	resource: string;
	operation: string;
	path: [name: string, inside?: string];
}

/** All text fields of all operations. */
export const TEXT_FIELDS: TextField[] = OPERATIONS.flatMap(({ resource, operation }) =>
	properties
		.filter((field) => isShownFor(field, resource, operation))
		.flatMap(({ name, type, options = [] }) => {
			const found: Array<TextField['path']> = type === 'string' ? [[name]] : [];
			if (type === 'collection') {
				const inside = options.filter((option) => 'type' in option && option.type === 'string');
				found.push(...inside.map((option): TextField['path'] => [name, option.name]));
			}
			return found.map((path) => ({ resource, operation, path }));
		}),
);
