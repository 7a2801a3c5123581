import type {
	IDataObject,
	IExecuteSingleFunctions,
	INode,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { Cancellation } from './cancellation';
import { Semaphore } from './semaphore';
import { Sender } from './sender';
import { readRunSettings } from './sendSettings';

/** Maximum number of files of a run that are hashed, sent or fetched at the same time. */
const MAX_CONCURRENT_FILES = 4;

type ParameterValue = NodeParameterValueType | object | undefined;

/** An expression that only points at a field of the item, as dragging a field into the editor creates it. */
const FIELD_EXPRESSION = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*)+)\s*\}\}$/;

/** Ends the work on an item because another item has failed and the workflow stops there: that one has the error. */
export class RunFailedError extends Error {}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}

/** The picked value of a resource locator; any other value as it is. */
export const unwrapLocator = (value: unknown): ParameterValue =>
	(typeof value === 'object' && value !== null && '__rl' in value
		? (value as { value?: unknown }).value
		: value) as ParameterValue;

/** The field names of a {@link FIELD_EXPRESSION}, for a plain parameter or a resource locator. */
function fieldPath(raw: unknown): string[] | undefined {
	const text = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	const match = typeof text === 'string' ? FIELD_EXPRESSION.exec(text) : null;
	return match?.[1].slice(1).split('.');
}

/** Follows field names through own properties; undefined where one is missing. */
function getProperty(start: unknown, path: string[]): unknown {
	return path.reduce<unknown>(
		(value, field) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, field)
				? (value as Record<string, unknown>)[field]
				: undefined,
		start,
	);
}

/** How many items n8n runs a node for. */
function countItems(context: IExecuteSingleFunctions): number {
	const count = context.getExecuteData().data.main?.[0]?.length ?? 1;
	return context.getNode().executeOnce === true ? Math.min(1, count) : count;
}

/**
 * What all items of one run of a node share: the sender, the settings, and the parameters that are the same for every
 * item. n8n evaluates a declarative node item by item, and an expression costs it about half a millisecond in 2.x: so
 * what needs no evaluation is read once, and a plain field of the item is taken from the item.
 *
 * When n8n tries a node again (Retry On Fail), that is another run.
 */
export class Run {
	readonly sender: Sender;

	readonly combineLookups: boolean;

	/** How many items n8n runs the node for. */
	readonly itemCount: number;

	/** Ends the work on all items: the execution was stopped, or an item has failed that stops the workflow. */
	readonly cancellation = new Cancellation();

	/** What items of this run have created that costs money, each with its item's index. */
	readonly created: IDataObject[] = [];

	private readonly files = new Semaphore(MAX_CONCURRENT_FILES);

	private readonly node: INode;

	private readonly constants = new Map<string, ParameterValue>();

	private readonly paths = new Map<string, string[] | undefined>();

	/** Ends the work on all items: the execution was stopped. */
	private readonly execution = new Cancellation();

	private readonly stopSignal?: AbortSignal;

	private readonly started = new Set<number>();

	private activeItems = 0;

	private onLastItem?: () => void;

	constructor(context: IExecuteSingleFunctions) {
		this.node = context.getNode();
		this.itemCount = countItems(context);
		const { combineLookups, ...settings } = readRunSettings((name) =>
			context.getNodeParameter(name, {}),
		);
		this.combineLookups = combineLookups;
		this.stopSignal = context.getExecutionCancelSignal();
		this.sender = new Sender(settings, this.cancellation, this.execution);
	}

	/** Whether an item of this index has started its work: it starts only once in a run. */
	hasStarted(item: number): boolean {
		return this.started.has(item);
	}

	/** Starts the work on an item. To be followed by {@link end}. */
	start(item: number): void {
		this.started.add(item);
		if (this.activeItems++ > 0) return;
		if (this.stopSignal?.aborted) this.onStop();
		else this.stopSignal?.addEventListener('abort', this.onStop);
	}

	/** Ends the work on an item. */
	end(): void {
		this.activeItems--;
		// n8n's signal lives as long as the execution, in which a node may run thousands of times.
		if (this.activeItems === 0) this.stopSignal?.removeEventListener('abort', this.onStop);
		if (this.activeItems <= 1) this.onLastItem?.();
	}

	/**
	 * Ends the run because an item has failed and the workflow is to stop: from now on nothing more is sent. Waits for
	 * the requests in flight of the other items, which may still create something.
	 *
	 * @returns whether this item is the first to fail, which is the one that reports its error
	 */
	async fail(): Promise<boolean> {
		if (this.cancellation.isCanceled) return false;
		this.cancellation.cancel(new RunFailedError());
		while (this.activeItems > 1) {
			await new Promise<void>((resolve) => (this.onLastItem = resolve));
		}
		return true;
	}

	/**
	 * Runs a task that reads or writes a file when there is room for it: a run may have thousands of items with files.
	 *
	 * @throws the reason if the run is canceled
	 */
	async withFile<T>(task: () => Promise<T>): Promise<T> {
		return await this.cancellation.race(this.files.run(task));
	}

	/** A parameter's value for the item of `context`; of a resource locator, the picked value. */
	parameter(
		context: IExecuteSingleFunctions,
		name: string,
		fallback?: NodeParameterValueType,
	): ParameterValue {
		const fixed = this.constants.get(name);
		if (fixed !== undefined) return fixed;
		const raw = this.node.parameters[name];
		// n8n fills in the defaults of all fields that are shown, and throws for one that is not.
		if (raw === undefined) return fallback;
		if (!this.paths.has(name)) this.paths.set(name, fieldPath(raw));
		const path = this.paths.get(name);
		const field = path && getProperty(context.getInputData().json, path);
		if (field !== undefined) return field as ParameterValue;
		const value = unwrapLocator(context.getNodeParameter(name, fallback));
		if (!hasExpression(raw)) this.constants.set(name, value);
		return value;
	}

	/** Whether an expression decides about a parameter, which then may differ by item. */
	hasExpression(name: string): boolean {
		return hasExpression(this.node.parameters[name]);
	}

	/** The names of the fields that were added to a collection. */
	addedFields(name: string): string[] {
		return Object.keys(this.node.parameters[name] ?? {});
	}

	private readonly onStop = () => {
		const reason = new NodeOperationError(this.node, 'The execution was stopped');
		this.execution.cancel(reason);
		this.cancellation.cancel(reason);
	};
}

/** The runs in progress, by what n8n hands to all items of a run, and by node: an agent's tools get the agent's. */
const runs = new WeakMap<object, Map<string, Run>>();

/**
 * The run that an item belongs to.
 *
 * @throws FailureError if the settings of the node can't be used
 */
export function getRun(context: IExecuteSingleFunctions): Run {
	const executeData = context.getExecuteData();
	let byNode = runs.get(executeData);
	if (!byNode) runs.set(executeData, (byNode = new Map()));
	const { name } = context.getNode();
	let run = byNode.get(name);
	// An item that starts again is one of the node's next try, or an agent's next call.
	if (!run || run.hasStarted(context.getItemIndex())) byNode.set(name, (run = new Run(context)));
	return run;
}

/** Keeps one thing for each run of a node, created when its first item needs it. */
export class PerRun<T> {
	private readonly values = new WeakMap<Run, T>();

	constructor(private readonly create: (run: Run) => T) {}

	get(run: Run): T {
		let thing = this.values.get(run);
		if (thing === undefined) this.values.set(run, (thing = this.create(run)));
		return thing;
	}
}
