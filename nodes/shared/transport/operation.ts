import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import { createNodeError, errorItem, FailureError, inputError } from './errors';
import { ItemContext } from './itemContext';
import { failureFromError } from './networkErrors';
import { getOrCreateRun, RunFailedError } from './run';
import { selectFields } from './toolOutput';

/** Runs an operation for one input item. Returns its output items, or throws a FailureError. */
export type Handler = (item: ItemContext) => Promise<INodeExecutionData | INodeExecutionData[]>;

/** An operation of a resource. */
export interface OperationDefinition
	extends Pick<
		INodePropertyOptions,
		'name' | 'value' | 'action' | 'description' | 'displayOptions'
	> {
	/** The main request, without parameters. */
	request: { method: IHttpRequestMethods; url: string };
	/** Its fields in the form, in this order. */
	fields: INodeProperties[];
	handle: Handler;
}

/** A defined operation, to be passed to {@link defineResource}. */
export interface Operation {
	/** Its entry in the 'Operation' list. */
	option: INodePropertyOptions;
	fields: INodeProperties[];
}

/** Defines an operation. List it in the `index.ts` of its resource. */
export function defineOperation({
	request,
	fields,
	handle,
	...option
}: OperationDefinition): Operation {
	return { option: { ...option, routing: createRouting(request, handle) }, fields };
}

/**
 * n8n ignores the routing of an operation that is hidden, for example in tools. It may still be selected, in a workflow
 * that was imported.
 */
const HIDDEN_OPERATION_ROUTING = createRouting({ method: 'GET', url: '/' }, () => {
	throw inputError(
		"An AI agent can't use this operation",
		"Select another 'Operation' in the tool",
	);
});

/**
 * The form of a resource: the list of its operations, and their fields.
 *
 * A field that several operations start with appears only once. n8n evaluates every field of the same name for each
 * item, even hidden ones. At half a millisecond each, duplicates would make a lookup four times slower.
 *
 * @param resource its value in the 'Resource' list
 * @param defaultOperation the one that is selected at first
 */
export function defineResource(
	resource: string,
	operations: Operation[],
	defaultOperation: Operation,
): INodeProperties[] {
	const showFor = (values: string[], fields: INodeProperties[]) =>
		updateDisplayOptions({ show: { resource: [resource], operation: values } }, fields);
	const shared = findSharedFields(operations);
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: operations.map(({ option }) => option),
			routing: HIDDEN_OPERATION_ROUTING,
			default: getValue(defaultOperation),
		},
		...[...shared].flatMap(([field, sharing]) => showFor(sharing.map(getValue), [field])),
		...operations.flatMap((operation) =>
			showFor(
				[getValue(operation)],
				operation.fields.filter((field) => !shared.get(field)?.includes(operation)),
			),
		),
	];
}

/**
 * The subtitle of a node on the canvas: the action of its selected operation.
 *
 * @param properties all fields of the node
 */
export function createSubtitle(properties: INodeProperties[]): string {
	const actions = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(options as INodePropertyOptions[]).map(({ value, action }) => [
				`${String(displayOptions?.show?.resource?.[0])}:${String(value)}`,
				action,
			]),
		);
	const byOperation = JSON.stringify(Object.fromEntries(actions));
	return `={{ (${byOperation})[$parameter["resource"] + ":" + $parameter["operation"]] }}`;
}

const getValue = ({ option }: Operation): string => String(option.value);

/** The fields that several operations start with, each with those operations. */
function findSharedFields(operations: Operation[]): Map<INodeProperties, Operation[]> {
	const shared = new Map<INodeProperties, Operation[]>();
	const collect = (candidates: Operation[], position: number) => {
		for (const [field, sharing] of groupBy(candidates, ({ fields }) => fields[position])) {
			if (field === undefined || sharing.length === 1) continue;
			shared.set(field, sharing);
			collect(sharing, position + 1);
		}
	};
	collect(operations, 0);
	return shared;
}

function groupBy<T, Key>(values: T[], keyOf: (value: T) => Key): Map<Key, T[]> {
	const groups = new Map<Key, T[]>();
	for (const value of values) {
		const key = keyOf(value);
		groups.set(key, [...(groups.get(key) ?? []), value]);
	}
	return groups;
}

/**
 * Creates the routing that runs an operation's handler in place of n8n's own request. It pairs the output with the
 * input item, unless it already has a pairing. All failures get the same error shape.
 *
 * If On Error is Stop Workflow, the first failed item ends the run: n8n then discards the output of the others.
 */
function createRouting(
	{ method, url }: OperationDefinition['request'],
	handle: Handler,
): INodePropertyOptions['routing'] {
	async function pagination(
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const itemIndex = this.getItemIndex();
		const pairedItem = { item: itemIndex };
		let item: ItemContext | undefined;
		let hasSucceeded = false;
		try {
			const run = getOrCreateRun(this);
			run.start(itemIndex);
			item = new ItemContext(this, options as IHttpRequestOptions, run);
			const outputs = selectFields(item, [await handle(item)].flat());
			hasSucceeded = true;
			return outputs.map((output) => ({ pairedItem, ...output }));
		} catch (error) {
			if (this.getExecutionCancelSignal()?.aborted) {
				throw new NodeOperationError(this.getNode(), error as Error, { itemIndex });
			}
			const failure = failureFromError(error);
			const { run } = item ?? {};
			const ownErrorFields = error instanceof FailureError ? error.errorFields : {};
			const errorFields = { ...item?.errorFields, ...ownErrorFields };
			if (this.continueOnFail()) {
				return [{ ...errorItem(failure, errorFields, this.getNode()), pairedItem }];
			}
			// Another item failed first, and reports its error.
			if (error instanceof RunFailedError || (await run?.fail()) === false) return [];
			throw createNodeError(this, failure, errorFields, run?.created, run?.itemCount);
		} finally {
			for (const callback of item?.onEnd ?? []) callback(hasSucceeded);
			item?.run.end();
		}
	}
	return { request: { method, url }, send: { paginate: true }, operations: { pagination } };
}
