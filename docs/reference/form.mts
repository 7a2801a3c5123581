import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

/** An operation as the form offers it, with its fields in the order of the form. */
export interface FormOperation {
	/** As in displayOptions, e.g. `asset`. */
	resource: string;
	/** As in displayOptions, e.g. `getAll`. */
	value: string;
	/** E.g. `Asset → Get Many`. */
	title: string;
	description: string;
	fields: INodeProperties[];
	/** Whether an AI agent can't use it. */
	isHiddenInTools: boolean;
}

/** What n8n calls the condition that a node is used by an AI agent. */
const TOOL = '@tool';

/** The names of the fields that select an operation. */
const SELECTORS = ['resource', 'operation'];

const isShownFor = ({ displayOptions }: INodeProperties, name: string, value: string): boolean =>
	(displayOptions?.show?.[name] as unknown[] | undefined)?.includes(value) ?? false;

/** Whether a field or an option exists only for AI agents. */
export const isOnlyInTools = ({ displayOptions }: { displayOptions?: IDisplayOptions }): boolean =>
	(displayOptions?.show?.[TOOL] as unknown[] | undefined)?.includes(true) ?? false;

/** Whether a field or an option is not there for AI agents. */
export const isHiddenInTools = ({
	displayOptions,
}: {
	displayOptions?: IDisplayOptions;
}): boolean => (displayOptions?.hide?.[TOOL] as unknown[] | undefined)?.includes(true) ?? false;

/** The entries of a list. */
export const getOptions = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options as INodePropertyOptions[];

/** The fields that can be added to a collection. */
export const getCollectionFields = ({ options = [] }: INodeProperties): INodeProperties[] =>
	options as INodeProperties[];

/** The groups of a fixed collection. */
export const getGroups = ({ options = [] }: INodeProperties): INodePropertyCollection[] =>
	options as INodePropertyCollection[];

/** The resource of the field that selects its operation. */
function getResource({ displayOptions }: INodeProperties): string {
	const [resource] = (displayOptions?.show?.resource ?? []) as string[];
	return resource;
}

/** Lists the operations of a node, resource by resource, in the order of its properties. Empty if it has none. */
export function listOperations({ properties }: INodeTypeDescription): FormOperation[] {
	const resourceField = properties.find(({ name }) => name === 'resource');
	const operationFields = properties.filter(({ name }) => name === 'operation');
	return operationFields.flatMap((operationField) => {
		const resource = getResource(operationField);
		const ofResource = properties.filter((field) => isShownFor(field, 'resource', resource));
		return getOptions(operationField).map((operation) => ({
			resource,
			value: String(operation.value),
			title: `${labelOf(resourceField, resource)} → ${operation.name}`,
			description: operation.description ?? '',
			fields: ofResource.filter((field) => isShownFor(field, 'operation', String(operation.value))),
			isHiddenInTools: isHiddenInTools(operation),
		}));
	});
}

/** The label of a value: that of its entry in a list, on or off, or the value itself. */
export function labelOf(field: INodeProperties | undefined, value: unknown): string {
	if (value === true) return 'on';
	if (value === false) return 'off';
	const option = field?.type.match(/^(multiOptions|options)$/)
		? getOptions(field).find((entry) => entry.value === value)
		: undefined;
	// The only value of lists that n8n loads from sync.so.
	return option?.name ?? (value === 'auto' ? 'Automatic' : String(value));
}

/**
 * Describes when a field is shown, e.g. `if 'Wait' is Wait Until Finished`.
 *
 * @param fields the fields that the condition may refer to, at the top of the form or in its collections
 * @returns undefined if it is always shown
 */
export function describeCondition(
	{ displayOptions }: INodeProperties,
	fields: INodeProperties[],
): string | undefined {
	const conditions = Object.entries(displayOptions?.show ?? {})
		.filter(([name]) => name !== TOOL && !SELECTORS.includes(name))
		.map(([path, values = []]) => {
			const field = findField(fields, path.replace(/^\//, '').split('.'));
			const labels = (values as unknown[]).map((value) => labelOf(field, value));
			return `'${field?.displayName ?? path}' is ${labels.join(' or ')}`;
		});
	return conditions.length > 0 ? `if ${conditions.join(' and ')}` : undefined;
}

function findField(
	fields: INodeProperties[],
	[name, ...rest]: string[],
): INodeProperties | undefined {
	const found = fields.find((field) => field.name === name);
	return found && rest.length > 0 ? findField(getCollectionFields(found), rest) : found;
}
