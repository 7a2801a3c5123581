import path from 'node:path';
import { inspect } from 'node:util';
import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { loadCredentials, loadNodes, packageJson, ROOT } from './repository.mts';

/** The file with the recorded facts. */
export const RECORD_FILE = path.join(ROOT, 'test/contract/savedWorkflows.json');

/** Lists what saved workflows depend on: a line for each name, value, type and default that they store or omit. */
export async function listSavedWorkflowFacts(): Promise<string[]> {
	const credentialFacts = (await loadCredentials()).flatMap(
		({ instance: { name, properties } }) => [
			`credential ${name}`,
			...listFieldFacts(`credential ${name}`, properties),
		],
	);
	const nodeFacts = (await loadNodes()).flatMap(({ instance }) =>
		listNodeFacts(instance.description),
	);
	return [`package ${packageJson.name}`, ...credentialFacts, ...nodeFacts].sort();
}

function listNodeFacts(description: INodeTypeDescription): string[] {
	return [description.version].flat().flatMap((version) => {
		const node = `node ${description.name} v${version}`;
		return [
			`${node}: inputs ${formatValue(description.inputs)}, outputs ${formatValue(description.outputs)}`,
			...(description.credentials ?? []).map(
				({ name, required }) => `${node}: credential ${name}${required ? ', required' : ''}`,
			),
			...listFieldFacts(node, description.properties),
		];
	});
}

function listFieldFacts(owner: string, fields: INodeProperties[], parent = ''): string[] {
	return fields.flatMap((field) =>
		describeConditions(field.displayOptions).flatMap((condition) =>
			describeField(owner + condition, field, parent + field.name),
		),
	);
}

function describeField(owner: string, field: INodeProperties, name: string): string[] {
	const multiple = field.typeOptions?.multipleValues ? ', multiple values' : '';
	const required = field.required ? ', required' : '';
	return [
		`${owner}: ${name} is ${field.type}, default ${formatValue(field.default)}${multiple}${required}`,
		...(field.modes ?? []).map((mode) => `${owner}: ${name} has mode ${mode.name} (${mode.type})`),
		...(field.options ?? []).flatMap((option) => describeOption(owner, option, name)),
	];
}

/** Describes an option: a value to select, a group of a fixed collection, or a field of a collection. */
function describeOption(
	owner: string,
	option: INodePropertyOptions | INodePropertyCollection | INodeProperties,
	name: string,
): string[] {
	if ('values' in option) return listFieldFacts(owner, option.values, `${name}.${option.name}.`);
	if ('value' in option) return [`${owner}: ${name} can be ${formatValue(option.value)}`];
	return listFieldFacts(owner, [option], `${name}.`);
}

/**
 * Describes each condition under which a field is shown, so that an additional condition counts as an addition. A field
 * that is hidden only in tools is still stored by workflows.
 */
function describeConditions({ show = {}, hide = {} }: IDisplayOptions = {}): string[] {
	const hidden = Object.fromEntries(Object.entries(hide).filter(([name]) => name !== '@tool'));
	const combinations = Object.entries(show).reduce<string[][]>(
		(all, [name, values = []]) =>
			all.flatMap((one) => values.map((value) => [...one, `${name}=${formatValue(value)}`])),
		[[]],
	);
	return combinations.map((one) => {
		const all = Object.keys(hidden).length > 0 ? [...one, `not ${formatValue(hidden)}`] : one;
		return all.length > 0 ? ` (${all.join(', ')})` : '';
	});
}

const formatValue = (value: unknown): string =>
	inspect(value, { depth: null, breakLength: Infinity, maxArrayLength: null });
