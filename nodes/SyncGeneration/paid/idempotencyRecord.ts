import type { IDataObject } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { createHash, randomUUID } from 'node:crypto';
import { inputError } from '../../shared/transport/errors';
import { hashJson } from '../../shared/transport/hashJson';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import { isBlank } from '../../shared/transport/values';

/**
 * What is known about the paid request of one item and its outcome. Kept in the node's context data, which n8n saves
 * with a failed execution and restores for its Retry. Has to be plain JSON, without secrets.
 */
export interface IdempotencyRecord {
	/** The execution that sent the request. */
	executionId: string;
	/** The digest of the request. */
	digest: string;
	/** The idempotency key. Sent as {@link keyToSend} returns it. */
	key: string;
	/** Whether the key is derived from the execution. */
	isDerivedKey: boolean;
	/** How many times the thing was created and then failed. */
	failures: number;
	/** In how many executions the API rejected the request. It may remember the key, so Retry then needs a new one. */
	refusals: number;
	/** The request, kept until its outcome is known: a retry has to send exactly the same one. */
	request?: IDataObject;
	/** Whether the request may have been carried out without a response. Set before it is sent. */
	isUncertain?: boolean;
	/** What was created, as far as it is needed later. */
	result?: IDataObject;
	/** Whether the item has left the node without an error. */
	isDelivered?: boolean;
}

/** What the node keeps in its context data. */
interface Memory {
	/**
	 * The execution that keys are derived from: the first one that failed. All of its Retries derive the same keys, so
	 * each one finds what another created.
	 */
	executionId: string;
	/** The run index that `items` belongs to. */
	run?: number;
	/** By record name: an item's index, or a name for what all items share. */
	items: Record<string, IdempotencyRecord>;
	/**
	 * Records of earlier runs whose items left with an error, although the thing was created or may have been. A workflow
	 * that leads its error output back to the node runs it again for these items.
	 */
	open: IdempotencyRecord[];
	/** Calls by an AI agent, by the digest of the request and a counter. */
	toolCalls: Record<string, IdempotencyRecord>;
}

/** What the node keeps. Created on first use. */
function getOrCreateMemory({ context }: ItemContext): Memory {
	const executionId = context.getExecutionId() ?? '';
	const initial: Memory = { executionId, items: {}, open: [], toolCalls: {} };
	return (context.getContext('node').syncSo ??= initial) as Memory;
}

/** The record name of each tool call, by an object that identifies the call across its attempts. */
const toolRecordNames = new WeakMap<object, string>();

/** n8n's engine gives a tool its own execute data. A tool that the agent calls directly gets the agent's. */
function getToolCallIdentity({ context }: ItemContext): object {
	const executeData = context.getExecuteData();
	const isOwn = executeData.node.name === context.getNode().name;
	return isOwn ? executeData : context.getInputData(0, NodeConnectionTypes.AiTool).json;
}

/** Whether something was created, or may have been, that the user doesn't have yet. */
const isOpen = ({ isDelivered, isUncertain, result }: IdempotencyRecord): boolean =>
	!isDelivered && (isUncertain === true || result !== undefined);

/** The records of items that have not left the node yet. */
const recordsInUse = new WeakSet<IdempotencyRecord>();

/** Keeps track of when the item of a record leaves the node. Returns the record. */
function track(item: ItemContext, record: IdempotencyRecord): IdempotencyRecord {
	if (recordsInUse.has(record)) return record;
	recordsInUse.add(record);
	item.onEnd.push((hasSucceeded) => {
		recordsInUse.delete(record);
		record.isDelivered = hasSucceeded;
	});
	return record;
}

/** How many times an agent made the same call in one execution, by digest. */
const toolCallCounts = new WeakMap<Memory, Map<string, number>>();

/** Where the record of an item is stored. */
interface RecordLocation {
	records: Record<string, IdempotencyRecord>;
	name: string;
}

/**
 * Finds out where the record of an item is stored. Drops the records of an earlier run.
 *
 * @param name that of the item's own record, or of one that all items share
 * @param digest that of the request. Without it, a tool call is only found if its record already has a name.
 */
function prepareRecordLocation(
	item: ItemContext,
	name: string,
	digest?: string,
): RecordLocation | undefined {
	const memory = getOrCreateMemory(item);
	if (!item.run.isTool) {
		const run = getRunIndex(item);
		if (memory.run !== run) {
			memory.open.push(...Object.values(memory.items).filter(isOpen));
			Object.assign(memory, { run, items: {} });
		}
		return { records: memory.items, name };
	}
	const toolName =
		toolRecordNames.get(getToolCallIdentity(item)) ??
		(digest && createToolRecordName(item, digest));
	return toolName === undefined ? undefined : { records: memory.toolCalls, name: toolName };
}

const getRunIndex = ({ context, index }: ItemContext): number =>
	Number(context.getWorkflowDataProxy(index).$runIndex);

/**
 * Names the record of a tool call, by its digest and how often the agent made the same call before. An agent that repeats
 * a call which ended with an error gets the record of that call.
 */
function createToolRecordName(item: ItemContext, digest: string): string {
	const memory = getOrCreateMemory(item);
	let counts = toolCallCounts.get(memory);
	if (!counts) toolCallCounts.set(memory, (counts = new Map()));
	const count = counts.get(digest) ?? 0;
	const earlierNames = Array.from({ length: count }, (_, index) => `${digest}-${index}`);
	const repeated = earlierNames.find((name) => {
		const record = memory.toolCalls[name];
		return record !== undefined && isOpen(record) && !recordsInUse.has(record);
	});
	if (repeated === undefined) counts.set(digest, count + 1);
	const name = repeated ?? `${digest}-${count}`;
	toolRecordNames.set(getToolCallIdentity(item), name);
	return name;
}

/** The name of the item's own record. */
const getRecordName = ({ index }: ItemContext): string => String(index);

/** The record that an earlier attempt left for the item, in this execution or in the one that it retries. */
export function findRecord(
	item: ItemContext,
	name = getRecordName(item),
): IdempotencyRecord | undefined {
	const location = prepareRecordLocation(item, name);
	const record = location?.records[location.name];
	return record && track(item, record);
}

/**
 * Returns the record of the item, or creates it.
 *
 * @param digest that of the request
 * @param key the user's own key. By default, a derived one: any process that runs the same execution derives the same.
 * @param name that of a record that all items share. Default: the item's own record.
 */
export function getOrCreateRecord(
	item: ItemContext,
	digest: string,
	key?: string,
	name = getRecordName(item),
): IdempotencyRecord {
	const location = prepareRecordLocation(item, name, digest) as RecordLocation;
	const existing = location.records[location.name];
	if (existing && (existing.result || existing.isUncertain || existing.failures > 0))
		return track(item, existing);
	const open = takeOpenRecord(item, digest, key);
	if (open) return track(item, (location.records[location.name] = open));
	const wasRefused = existing !== undefined && isFromEarlierExecution(item, existing);
	const refusals = (existing?.refusals ?? 0) + (wasRefused ? 1 : 0);
	const record = {
		executionId: item.context.getExecutionId(),
		digest,
		key: key ?? deriveKey(item, location.name, digest, refusals),
		isDerivedKey: key === undefined,
		failures: 0,
		refusals,
	};
	return track(item, (location.records[location.name] = record));
}

/**
 * Takes the record of the same request out of those that earlier runs left open. It counts as one from an earlier
 * execution: what has failed is created again.
 */
function takeOpenRecord(
	item: ItemContext,
	digest: string,
	key: string | undefined,
): IdempotencyRecord | undefined {
	const { open } = getOrCreateMemory(item);
	const index = open.findIndex(
		(record) => record.digest === digest && (key === undefined || key === record.key),
	);
	return index < 0 ? undefined : { ...open.splice(index, 1)[0], executionId: '' };
}

/** Clears the request after the API rejected it: nothing was created. */
export function clearRequest(record: IdempotencyRecord): void {
	record.request = record.isUncertain = undefined;
}

/** Whether a record comes from an execution that the user is now retrying, or from an earlier run. */
export const isFromEarlierExecution = (
	{ context }: ItemContext,
	{ executionId }: IdempotencyRecord,
): boolean => executionId !== context.getExecutionId();

/** Resets the record after the created thing failed, so that it can be created again. */
export function startOver(item: ItemContext, record: IdempotencyRecord): void {
	record.failures++;
	record.executionId = item.context.getExecutionId();
	record.request = record.result = record.isUncertain = undefined;
}

/** What n8n returns as the ID of an execution without one. */
const MISSING_EXECUTION_IDS = ['', '__UNKNOWN__'];

function deriveKey(
	item: ItemContext,
	recordName: string,
	digest: string,
	refusals: number,
): string {
	const { context } = item;
	const { executionId } = getOrCreateMemory(item);
	if (MISSING_EXECUTION_IDS.includes(executionId)) return randomUUID();
	// A tool's run index depends on the order of the calls and changes with each attempt.
	const run = item.run.isTool ? null : getRunIndex(item);
	const node = context.getNode().id;
	const parts = [context.getInstanceId(), executionId, node, run, recordName, digest, refusals];
	return hashJson(parts);
}

/** The key to send. It is a new one each time the created thing has failed. */
export function keyToSend({ key, failures }: IdempotencyRecord): string {
	if (failures === 0) return key;
	const keyAfterFailures = `${key}-${failures + 1}`;
	return KEY_PATTERN.test(keyAfterFailures)
		? keyAfterFailures
		: createHash('sha256').update(keyAfterFailures).digest('hex');
}

/** The idempotency keys that sync.so accepts. */
const KEY_PATTERN = /^[A-Za-z0-9._~-]{1,128}$/;

/** The index of the item that uses a key, to find two items with the same one. */
const indexByKey = new PerRun(() => new Map<string, number>());

/**
 * Reads the user's own idempotency key. Returns undefined if the field was not added.
 *
 * @throws FailureError if it is empty or invalid, or if another item of the run has the same one
 */
export function claimIdempotencyKey(item: ItemContext): string | undefined {
	const additionalFields = item.addedFields('additionalFields');
	if (!Object.hasOwn(additionalFields, 'idempotencyKey')) return undefined;
	const { idempotencyKey } = additionalFields;
	if (isBlank(idempotencyKey)) {
		throw inputError(
			"'Idempotency Key' is empty",
			'Check the expression in it: it returned nothing for this item. To use a generated key, remove the field.',
		);
	}
	const key = String(idempotencyKey).trim();
	if (!['string', 'number'].includes(typeof idempotencyKey) || !KEY_PATTERN.test(key)) {
		throw inputError(
			'The idempotency key is invalid',
			'Use 1 to 128 letters, digits and the characters . _ ~ - such as the ID of a record',
		);
	}
	const indexes = indexByKey.get(item.run);
	const otherIndex = indexes.get(key);
	if (otherIndex !== undefined && otherIndex !== item.index) {
		throw inputError(
			`Item ${otherIndex} has the same idempotency key`,
			'Use an expression that returns a different key for each item, e.g. {{ $json.id }}, or remove the field',
		);
	}
	indexes.set(key, item.index);
	return key;
}
