import type { IExecuteSingleFunctions, INode, NodeParameterValueType } from 'n8n-workflow';
import { Gate } from './gate';
import { DEFAULT_SEND_SETTINGS } from '../fields/options';
import type { SendSettings } from './send';
import { Sender } from './send';

/** Options of the node, as far as they steer its requests. */
interface RunOptions {
	combineLookups?: unknown;
	maxConcurrent?: unknown;
	maxRetries?: unknown;
	timeout?: unknown;
}

/** Files of a run that are hashed, sent or fetched at once: more of them would not be faster on one line. */
const FILES_AT_ONCE = 4;

type ParameterValue = NodeParameterValueType | object | undefined;

/** An expression that does nothing but point at a field of the item, as dragging a field into the editor makes it. */
const FIELD_EXPRESSION = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*)+)\s*\}\}$/;

const atLeast = (least: number, value: unknown, otherwise: number): number =>
	typeof value === 'number' && Number.isFinite(value)
		? Math.max(least, Math.floor(value))
		: otherwise;

/** How requests are sent, by what is in the field Options; what makes no sense there counts as not set. */
export function sendSettingsOf(options: object): SendSettings {
	const { maxConcurrent, maxRetries, timeout } = options as RunOptions;
	const usual = DEFAULT_SEND_SETTINGS;
	return {
		maxConcurrent: atLeast(1, maxConcurrent, usual.maxConcurrent),
		maxRetries: atLeast(0, maxRetries, usual.maxRetries),
		timeout: atLeast(1, timeout, usual.timeout),
	};
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}

/** What was picked, when a value is that of a resource locator. */
export const pickedValue = (value: unknown): ParameterValue =>
	(typeof value === 'object' && value !== null && '__rl' in value
		? (value as { value?: unknown }).value
		: value) as ParameterValue;

/** The field names of a {@link FIELD_EXPRESSION}, for a plain parameter or a resource locator. */
function fieldPath(raw: unknown): string[] | undefined {
	const text = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	const match = typeof text === 'string' ? FIELD_EXPRESSION.exec(text) : null;
	return match?.[1].slice(1).split('.');
}

/** Follows field names through own properties; undefined where one is not there. */
function follow(start: unknown, path: string[]): unknown {
	return path.reduce<unknown>(
		(value, field) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, field)
				? (value as Record<string, unknown>)[field]
				: undefined,
		start,
	);
}

/**
 * What all items of one run of a node share: the sender, the settings, and the parameters that are the same for every
 * item. n8n evaluates a declarative node item by item, and an expression costs it about half a millisecond in 2.x: so
 * what needs no evaluation is read once, and a plain field of the item is taken from the item.
 */
export class Run {
	readonly sender: Sender;

	readonly combineLookups: boolean;

	private readonly files = new Gate(FILES_AT_ONCE);

	private readonly node: INode;

	private readonly fixed = new Map<string, ParameterValue>();

	private readonly paths = new Map<string, string[] | undefined>();

	constructor(context: IExecuteSingleFunctions) {
		this.node = context.getNode();
		const options = context.getNodeParameter('options', {}) as RunOptions;
		this.combineLookups = options.combineLookups !== false;
		const signal = context.getExecutionCancelSignal();
		this.sender = new Sender(this.node, sendSettingsOf(options), signal);
	}

	/**
	 * Does work that reads or writes a file when its turn has come: a run may have thousands of items with files.
	 *
	 * @throws NodeOperationError when the execution is stopped
	 */
	async withFile<T>(work: () => Promise<T>): Promise<T> {
		return await this.sender.orStopped(this.files.pass(work));
	}

	/** A parameter's value for the item of `context`; the picked ID when it is a resource locator. */
	parameter(
		context: IExecuteSingleFunctions,
		name: string,
		otherwise?: NodeParameterValueType,
	): ParameterValue {
		const fixed = this.fixed.get(name);
		if (fixed !== undefined) return fixed;
		const raw = this.node.parameters[name];
		// n8n fills in the defaults of all fields that are shown, and throws for one that is not.
		if (raw === undefined) return otherwise;
		if (!this.paths.has(name)) this.paths.set(name, fieldPath(raw));
		const path = this.paths.get(name);
		const field = path && follow(context.getInputData().json, path);
		if (field !== undefined) return field as ParameterValue;
		const value = pickedValue(context.getNodeParameter(name, otherwise));
		if (!hasExpression(raw)) this.fixed.set(name, value);
		return value;
	}
}

/** Keeps one thing for each run of a node; made when its first item asks. */
export class PerRun<T> {
	private readonly runs = new WeakMap<object, Map<string, T>>();

	constructor(private readonly make: (context: IExecuteSingleFunctions) => T) {}

	/**
	 * n8n hands the same execute data to all items of a run. An AI agent's tools get the agent's, so the node's name
	 * tells them apart.
	 */
	of(context: IExecuteSingleFunctions): T {
		const executeData = context.getExecuteData();
		let byNode = this.runs.get(executeData);
		if (!byNode) this.runs.set(executeData, (byNode = new Map()));
		const { name } = context.getNode();
		let thing = byNode.get(name);
		if (thing === undefined) byNode.set(name, (thing = this.make(context)));
		return thing;
	}
}
