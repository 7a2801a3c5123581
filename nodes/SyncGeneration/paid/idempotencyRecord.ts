import type { IDataObject } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { createHash, randomUUID } from 'node:crypto';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import { isBlank } from '../../shared/transport/values';

/**
 * What is known about something that costs money and that one item asks for. Kept in the node's context data, which n8n
 * stores with a failed execution and restores for its Retry: plain JSON, without secrets.
 */
export interface IdempotencyRecord {
	/** The execution that has sent the request. */
	executionId: string;
	/** What tells the API that a request is the same. */
	key: string;
	/** How many times the thing has been created before, and failed. */
	failures: number;
	/** In how many executions the API has refused it: it may remember that for a key, so that Retry has another one. */
	refusals: number;
	/** The request, until it is known what it has created: a retry has to send exactly the same. */
	request?: IDataObject;
	/** Whether it may have been carried out although there was no answer. Noted before it is sent. */
	isUncertain?: boolean;
	/** What was created, as far as it is needed. */
	result?: IDataObject;
}

/** The records of a node in its context data. */
interface Memory {
	/**
	 * The execution that keys are derived from: the one that failed first, so that Retry finds what another Retry of the
	 * same execution has created.
	 */
	executionId: string;
	/** The run that the items belong to. */
	run?: number;
	items: Record<string, IdempotencyRecord>;
	/** Calls by an AI agent, by the digest of the request. */
	toolCalls: Record<string, IdempotencyRecord>;
}

function getMemory({ context }: ItemContext): Memory {
	const executionId = context.getExecutionId() ?? '';
	const empty: Memory = { executionId, items: {}, toolCalls: {} };
	return (context.getContext('node').syncSo ??= empty) as Memory;
}

/** An AI agent calls the node as a tool: many times in one run, and always for item 0. */
const isToolCall = ({ context }: ItemContext): boolean => context.getNode().type.endsWith('Tool');

/** The slot of each call of a tool, by what n8n hands to every try of one call, and to no other call. */
const toolSlots = new WeakMap<object, string>();

/** A tool that the engine calls has execute data of its own; one that an agent calls itself has the agent's. */
function getToolCallIdentity({ context }: ItemContext): object {
	const executeData = context.getExecuteData();
	const isOwn = executeData.node.name === context.getNode().name;
	return isOwn ? executeData : context.getInputData(0, NodeConnectionTypes.AiTool).json;
}

/** How many times an agent has asked for the same, in one execution. */
const toolCallCounts = new WeakMap<Memory, Map<string, number>>();

/** Where the record of an item is kept. */
interface Place {
	records: Record<string, IdempotencyRecord>;
	slot: string;
}

/**
 * @param slot which one of the run: that of the item, or a name for what all items share
 * @param digest of what is asked for; without it, the place of a tool call is only known once it has a record
 */
function findPlace(item: ItemContext, slot: string, digest?: string): Place | undefined {
	const memory = getMemory(item);
	if (!isToolCall(item)) {
		const run = getRunIndex(item);
		// The records of an earlier run are no longer needed: it has ended well, or there would be no other one.
		if (memory.run !== run) Object.assign(memory, { run, items: {} });
		return { records: memory.items, slot };
	}
	const toolSlot =
		toolSlots.get(getToolCallIdentity(item)) ?? (digest && createToolSlot(item, digest));
	return toolSlot === undefined ? undefined : { records: memory.toolCalls, slot: toolSlot };
}

const getRunIndex = ({ context, index }: ItemContext): number =>
	Number(context.getWorkflowDataProxy(index).$runIndex);

function createToolSlot(item: ItemContext, digest: string): string {
	const memory = getMemory(item);
	let counts = toolCallCounts.get(memory);
	if (!counts) toolCallCounts.set(memory, (counts = new Map()));
	const count = counts.get(digest) ?? 0;
	counts.set(digest, count + 1);
	const slot = `${digest}-${count}`;
	toolSlots.set(getToolCallIdentity(item), slot);
	return slot;
}

const getSlot = ({ index }: ItemContext): string => String(index);

/** The record of the item, if it was worked on before: by an earlier try, or in an execution that is being retried. */
export function findRecord(item: ItemContext, slot = getSlot(item)): IdempotencyRecord | undefined {
	const place = findPlace(item, slot);
	return place?.records[place.slot];
}

/**
 * The record of the item, created if there is none.
 *
 * @param digest of what is asked for
 * @param key set by hand; by default it is derived, so that another process that runs the same execution derives it too
 * @param slot another one than that of the item, for what all items of a run share
 */
export function getOrCreateRecord(
	item: ItemContext,
	digest: string,
	key?: string,
	slot = getSlot(item),
): IdempotencyRecord {
	const place = findPlace(item, slot, digest) as Place;
	const known = place.records[place.slot];
	if (known && (known.result || known.isUncertain || known.failures > 0)) return known;
	const wasRefused = known !== undefined && isFromEarlierExecution(item, known);
	const refusals = (known?.refusals ?? 0) + (wasRefused ? 1 : 0);
	return (place.records[place.slot] = {
		executionId: item.context.getExecutionId(),
		key: key ?? deriveKey(item, place.slot, digest, refusals),
		failures: 0,
		refusals,
	});
}

/** Notes that nothing was created for an item, because the API has refused the request. */
export function clearRequest(record: IdempotencyRecord): void {
	record.request = record.isUncertain = undefined;
}

/** A digest of a request that is the same in another process. */
export const digestBody = (body: object): string =>
	createHash('sha256').update(JSON.stringify(body)).digest('hex');

/** Whether a record comes from an execution that is now being retried by a person. */
export const isFromEarlierExecution = (
	{ context }: ItemContext,
	{ executionId }: IdempotencyRecord,
): boolean => executionId !== context.getExecutionId();

/** Lets the thing be created once more, because what was created has failed. */
export function startOver(item: ItemContext, record: IdempotencyRecord): void {
	record.failures++;
	record.executionId = item.context.getExecutionId();
	record.request = record.result = record.isUncertain = undefined;
}

/** What n8n calls an execution without an ID. */
const NO_EXECUTION = ['', '__UNKNOWN__'];

function deriveKey(item: ItemContext, slot: string, digest: string, refusals: number): string {
	const { context } = item;
	const { executionId } = getMemory(item);
	if (NO_EXECUTION.includes(executionId)) return randomUUID();
	// The run of a tool differs with the order of the calls, and with each try.
	const run = isToolCall(item) ? null : getRunIndex(item);
	const node = context.getNode().id;
	const parts = [context.getInstanceId(), executionId, node, run, slot, digest, refusals];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The key to send: another one for each time that what was created has failed. */
export function keyToSend({ key, failures }: IdempotencyRecord): string {
	if (failures === 0) return key;
	const next = `${key}-${failures + 1}`;
	return KEY.test(next) ? next : createHash('sha256').update(next).digest('hex');
}

const KEY = /^[A-Za-z0-9._~-]{1,128}$/;

const itemsByKey = new PerRun(() => new Map<string, number>());

/**
 * The idempotency key that was set by hand; undefined if the field was not added.
 *
 * @throws FailureError if it is empty or invalid, or if another item of the run has the same
 */
export function readIdempotencyKey(item: ItemContext): string | undefined {
	const added = item.addedFields('additionalFields');
	if (!Object.hasOwn(added, 'idempotencyKey')) return undefined;
	const { idempotencyKey } = added;
	if (isBlank(idempotencyKey)) {
		throw inputError(
			"'Idempotency Key' is empty",
			'Check the expression in it: it returned nothing for this item. To create a generation without a key of your own, remove the field.',
		);
	}
	const key = String(idempotencyKey).trim();
	if (!['string', 'number'].includes(typeof idempotencyKey) || !KEY.test(key)) {
		throw inputError(
			'The idempotency key is invalid',
			'Use 1 to 128 letters, digits and the characters . _ ~ - such as the ID of a record',
		);
	}
	const items = itemsByKey.get(item.run);
	const other = items.get(key);
	if (other !== undefined && other !== item.index) {
		throw inputError(
			`Item ${other} has the same idempotency key`,
			'Give every item a key of its own with an expression, e.g. {{ $json.id }}, or remove the field',
		);
	}
	items.set(key, item.index);
	return key;
}
