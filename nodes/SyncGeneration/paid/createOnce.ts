import type { IDataObject } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { FailureError, inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { hasId } from '../../shared/transport/pages';
import type { ApiResponse, FailedResponse } from '../../shared/transport/sender';
import type { IdempotencyRecord } from './idempotencyRecord';
import { clearRequest, keyToSend } from './idempotencyRecord';
import { recordCreated, recordExisting } from './recordCreated';

/** Statuses that mean the API didn't carry out the request, and never will. */
const REJECTED_STATUSES = [400, 413, 422];

/**
 * Sends a paid request, and keeps track in its record of whether it may have been carried out.
 *
 * @param send sends the request. Has to call its parameter right before each attempt.
 * @param options.isChanged whether an earlier request differed from this one: its rejection then says nothing about that
 */
export async function sendAndRecord(
	record: IdempotencyRecord,
	send: (beforeAttempt: () => void) => Promise<ApiResponse>,
	{ isChanged = false } = {},
): Promise<ApiResponse> {
	const wasUncertain = record.isUncertain === true;
	const response = await send(() => (record.isUncertain = true));
	if (response.ok) return response;
	// Only a rejection by the API itself rules out that an earlier attempt created something.
	const isRejected = response.fromApi && REJECTED_STATUSES.includes(response.failure.statusCode);
	record.isUncertain = isRejected
		? wasUncertain && isChanged
		: wasUncertain || response.uncertain === true;
	return response;
}

/** The generation ID in an error that would otherwise leave the outcome unknown. */
function readGenerationId({ body }: FailedResponse): string | undefined {
	const { errorCode, generationId } = body ?? {};
	const hasGenerationId =
		errorCode === 'IDEMPOTENCY_OUTCOME_UNKNOWN' && typeof generationId === 'string';
	return (hasGenerationId && generationId) || undefined;
}

/**
 * Creates a generation with the idempotency key of its record. Whatever the outcome, the record is then up to date.
 *
 * @param send sends the request of the record, including retries
 * @param find looks for the generation if the response leaves open whether it exists
 * @returns the ID of the generation
 * @throws FailureError if it was not created, or if the outcome is unknown
 */
export async function createWithKey(
	item: ItemContext,
	record: IdempotencyRecord,
	send: () => Promise<ApiResponse>,
	find: () => Promise<string | undefined>,
): Promise<string> {
	const key = keyToSend(record);
	let response: ApiResponse | undefined;
	try {
		response = await send();
	} finally {
		// The run ended before the response arrived.
		if (!response && record.isUncertain) recordExisting(item, { idempotencyKey: key });
	}
	const id = response.ok ? (response.body as { id: string }).id : readGenerationId(response);
	if (id !== undefined) return recordGeneration(item, record, id);
	const { failure } = response as FailedResponse;
	const isConflict = failure.statusCode === 409;
	if (isConflict || record.isUncertain) {
		const foundId = await find();
		if (foundId !== undefined) return recordGeneration(item, record, foundId);
	}
	// Only another run of the same execution derives the same key.
	const isCreatedElsewhere = isConflict && record.isDerivedKey;
	if (isCreatedElsewhere) record.isUncertain = true;
	if (!record.isUncertain) {
		clearRequest(record);
		throw new FailureError(isConflict ? toConflictFailure(failure) : failure);
	}
	item.errorFields.idempotencyKey = key;
	recordExisting(item, { idempotencyKey: key });
	throw new FailureError(
		isCreatedElsewhere
			? toRepeatedFailure(failure)
			: toUncertainFailure(failure, key, item.run.isTool),
	);
}

/** Records that the generation exists: in its record, for errors, and in n8n's log. */
function recordGeneration(
	item: ItemContext,
	record: IdempotencyRecord,
	generationId: string,
): string {
	record.result = { id: generationId };
	record.request = record.isUncertain = undefined;
	item.errorFields.generationId = generationId;
	recordCreated(item, 'generation', { generationId });
	return generationId;
}

const toUncertainFailure = (failure: Failure, key: string, isTool: boolean): Failure => ({
	...failure,
	message: `${failure.message}. The generation may have been created nevertheless.`,
	hint: isTool
		? 'Call the tool again with the same arguments: it returns the generation if it exists'
		: `Use Retry in the executions list, or run the workflow again for this item only, with '${key}' as 'Idempotency Key': it returns the generation if it exists`,
});

/** The failure if n8n ran an execution again, and an earlier node then returned other data. */
const toRepeatedFailure = (failure: Failure): Failure => ({
	...failure,
	message: 'An earlier run of this execution has already created a generation, with other values',
	hint: 'Find it with Generation → Get Many. To create another one, run the workflow again from the start',
});

const toConflictFailure = (failure: Failure): Failure => ({
	...failure,
	hint: 'The idempotency key was used for a generation with other inputs or options: use another key for a new generation',
});

/** Something that costs money, as errors describe it. */
export interface PaidThing {
	/** Its kind, e.g. `batch`. */
	thing: string;
	/** How to check whether it exists, e.g. `with Batch → Get Many`. */
	where: string;
	/** Looks for it if the response leaves open whether it exists. Returns undefined if it isn't found. */
	find?: () => Promise<IDataObject | undefined>;
}

/**
 * Sends a paid request for which the API has no idempotency keys. Sends it only once, even if n8n retries the node.
 *
 * @param record the item's record. If it has a result, nothing is sent.
 * @param send sends the request. Has to call its parameter right before the attempt.
 * @throws FailureError if it was not created, or if the outcome is unknown
 */
export async function createWithoutKey(
	item: ItemContext,
	record: IdempotencyRecord,
	send: (beforeAttempt: () => void) => Promise<ApiResponse>,
	{ thing, where, find = async () => await Promise.resolve(undefined) }: PaidThing,
): Promise<IDataObject> {
	const keep = (result: IDataObject): IDataObject => {
		Object.assign(record, { result, isUncertain: undefined });
		recordCreated(item, thing, toIds(thing, result));
		return result;
	};
	if (record.result) {
		recordExisting(item, toIds(thing, record.result));
		return record.result;
	}
	const advice = `Check ${where} whether it exists. If not, run the workflow again from the start.`;
	if (record.isUncertain) {
		const found = await find();
		if (found) return keep(found);
		throw inputError(
			`The ${thing} may have been created by an earlier attempt, so it was not created again`,
			advice,
		);
	}
	const response = await sendAndRecord(record, send);
	if (response.ok) return keep(response.body as IDataObject);
	if (!record.isUncertain) {
		clearRequest(record);
		throw new FailureError(response.failure);
	}
	const found = await find();
	if (found) return keep(found);
	throw new FailureError({
		...response.failure,
		message: `${response.failure.message}. The ${thing} may have been created nevertheless.`,
		hint: advice,
	});
}

/** The ID of a thing by its name in error items, e.g. `dialogueEditId` for a dialogue edit. */
function toIds(thing: string, result: IDataObject): IDataObject {
	const name = thing.replace(/ (.)/g, (_match, letter: string) => letter.toUpperCase());
	return hasId(result) ? { [`${name}Id`]: result.id } : {};
}
