import type {
	IDataObject,
	IExecuteSingleFunctions,
	INode,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { Cancellation } from './cancellation';
import { isTool } from './failureMessage';
import { Semaphore } from './semaphore';
import { Sender } from './sender';
import { readRunSettings } from './sendSettings';

/** Maximum number of files that a run hashes, uploads or downloads at the same time. */
const MAX_CONCURRENT_FILES = 4;

type ParameterValue = NodeParameterValueType | object | undefined;

/** An expression that is just a field of the item, as created by dragging a field into the editor. */
const FIELD_EXPRESSION = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*)+)\s*\}\}$/;

/** Ends the work on an item because another item failed and stops the workflow. Only that one reports its error. */
export class RunFailedError extends Error {}

function containsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return (
		typeof value === 'object' && value !== null && Object.values(value).some(containsExpression)
	);
}

/** The selected value of a resource locator; any other value unchanged. */
export const unwrapLocator = (value: unknown): ParameterValue =>
	(typeof value === 'object' && value !== null && '__rl' in value
		? (value as { value?: unknown }).value
		: value) as ParameterValue;

/** The field names in a {@link FIELD_EXPRESSION}, from a plain parameter or a resource locator. */
function parseFieldPath(raw: unknown): string[] | undefined {
	const text = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	const match = typeof text === 'string' ? FIELD_EXPRESSION.exec(text) : null;
	return match?.[1].slice(1).split('.');
}

/** The value at a path of own properties; undefined if one is missing. */
function getProperty(start: unknown, path: string[]): unknown {
	return path.reduce<unknown>(
		(value, field) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, field)
				? (value as Record<string, unknown>)[field]
				: undefined,
		start,
	);
}

function countItems(context: IExecuteSingleFunctions): number {
	// Each call of a tool has one item, but an agent that calls its tool itself passes its own execute data.
	if (isTool(context.getNode())) return 1;
	const count = context.getExecuteData().data.main?.[0]?.length ?? 1;
	return context.getNode().executeOnce === true ? Math.min(1, count) : count;
}

/**
 * State that all items of one run of a node share: the sender, the settings, and parameters that are the same for every
 * item.
 *
 * n8n evaluates the parameters of a declarative node item by item, and an expression takes about half a millisecond in
 * 2.x. So parameters without an expression are read once, and plain fields are taken directly from the item.
 *
 * A retry by n8n (Retry On Fail) is another run.
 */
export class Run {
	readonly sender: Sender;

	readonly combineLookups: boolean;

	/** The number of items that n8n runs the node for. */
	readonly itemCount: number;

	/** Cancels all items: the execution was stopped, or an item failed and stops the workflow. */
	readonly cancellation = new Cancellation();

	/** The paid things that the items have created, each with its item's index. */
	readonly created: IDataObject[] = [];

	private readonly fileSlots = new Semaphore(MAX_CONCURRENT_FILES);

	private readonly node: INode;

	/** The values of parameters without an expression, once read. */
	private readonly constants = new Map<string, ParameterValue>();

	/** The paths of parameters whose expression is a plain field, once parsed. */
	private readonly fieldPaths = new Map<string, string[] | undefined>();

	/** Cancels only when the execution is stopped. */
	private readonly executionCancellation = new Cancellation();

	/** n8n's signal that the execution was stopped. */
	private readonly stopSignal?: AbortSignal;

	private readonly startedItems = new Set<number>();

	private activeItems = 0;

	/** Wakes {@link fail}, once no other item is being worked on. */
	private onOthersEnded?: () => void;

	constructor(context: IExecuteSingleFunctions) {
		this.node = context.getNode();
		this.itemCount = countItems(context);
		const { combineLookups, ...settings } = readRunSettings((name) =>
			context.getNodeParameter(name, {}),
		);
		this.combineLookups = combineLookups;
		this.stopSignal = context.getExecutionCancelSignal();
		this.sender = new Sender(settings, this.cancellation, this.executionCancellation);
	}

	/** Whether an AI agent uses the node as a tool. */
	get isTool(): boolean {
		return isTool(this.node);
	}

	/** Whether an item has started. An item starts only once per run. @param index the item's index */
	hasStarted(index: number): boolean {
		return this.startedItems.has(index);
	}

	/** Starts the work on an item. Call {@link end} afterwards. @param index the item's index */
	start(index: number): void {
		this.startedItems.add(index);
		if (this.activeItems++ > 0) return;
		if (this.stopSignal?.aborted) this.onStop();
		else this.stopSignal?.addEventListener('abort', this.onStop);
	}

	/** Ends the work on an item. */
	end(): void {
		this.activeItems--;
		// n8n's signal lives as long as the execution, in which a node may run thousands of times.
		if (this.activeItems === 0) this.stopSignal?.removeEventListener('abort', this.onStop);
		if (this.activeItems <= 1) this.onOthersEnded?.();
	}

	/**
	 * Ends the run because an item failed and stops the workflow. Nothing more is sent, but the other items' requests in
	 * flight may still create something: this waits for them.
	 *
	 * @returns whether this item is the first one to fail, and so the one that reports its error
	 */
	async fail(): Promise<boolean> {
		if (this.cancellation.isCanceled) return false;
		this.cancellation.cancel(new RunFailedError());
		while (this.activeItems > 1) {
			await new Promise<void>((resolve) => (this.onOthersEnded = resolve));
		}
		return true;
	}

	/**
	 * Runs a task that reads or writes a file, once there is a free slot: a run may have thousands of files.
	 *
	 * @throws the reason if the run is canceled
	 */
	async withFile<T>(task: () => Promise<T>): Promise<T> {
		const started = this.fileSlots.run(async () => {
			this.cancellation.throwIfCanceled();
			return await task();
		});
		return await this.cancellation.race(started);
	}

	/** The value of a parameter for the item of `context`; for a resource locator, the selected value. */
	parameter(
		context: IExecuteSingleFunctions,
		name: string,
		fallback?: NodeParameterValueType,
	): ParameterValue {
		const constant = this.constants.get(name);
		if (constant !== undefined) return constant;
		const raw = this.node.parameters[name];
		// n8n fills in the defaults of all visible fields, and throws for hidden ones.
		if (raw === undefined) return fallback;
		if (!this.fieldPaths.has(name)) this.fieldPaths.set(name, parseFieldPath(raw));
		const path = this.fieldPaths.get(name);
		const fieldValue = path && getProperty(context.getInputData().json, path);
		if (fieldValue !== undefined) return fieldValue as ParameterValue;
		const value = unwrapLocator(context.getNodeParameter(name, fallback));
		if (!containsExpression(raw)) this.constants.set(name, value);
		return value;
	}

	/** Whether a parameter has an expression, so that its value may differ by item. */
	hasExpression(name: string): boolean {
		return containsExpression(this.node.parameters[name]);
	}

	/** The names of the fields that were added to a collection. */
	addedFieldNames(name: string): string[] {
		return Object.keys(this.node.parameters[name] ?? {});
	}

	private readonly onStop = () => {
		const reason = new NodeOperationError(this.node, 'The execution was stopped');
		this.executionCancellation.cancel(reason);
		this.cancellation.cancel(reason);
	};
}

/**
 * Runs in progress, by the object that n8n passes to all items of a run, and by node. An agent's tools get the same
 * object as the agent.
 */
const runs = new WeakMap<object, Map<string, Run>>();

/**
 * The run that an item belongs to; the first item creates it.
 *
 * @throws FailureError if the node's settings are invalid
 */
export function getOrCreateRun(context: IExecuteSingleFunctions): Run {
	const executeData = context.getExecuteData();
	let byNode = runs.get(executeData);
	if (!byNode) runs.set(executeData, (byNode = new Map()));
	const { name } = context.getNode();
	let run = byNode.get(name);
	// An item that starts again belongs to n8n's retry of the node, or to an agent's next call.
	if (!run || run.hasStarted(context.getItemIndex())) byNode.set(name, (run = new Run(context)));
	return run;
}

/** Keeps one value per run, created on first use. */
export class PerRun<T> {
	private readonly values = new WeakMap<Run, T>();

	constructor(private readonly create: (run: Run) => T) {}

	get(run: Run): T {
		let value = this.values.get(run);
		if (value === undefined) this.values.set(run, (value = this.create(run)));
		return value;
	}
}
