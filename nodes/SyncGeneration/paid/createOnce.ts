import type { IDataObject } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { FailureError, inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { hasId } from '../../shared/transport/pages';
import type { ApiResponse, FailedResponse } from '../../shared/transport/sender';
import { recordCreated, recordExisting } from './created';
import type { IdempotencyRecord } from './idempotencyRecord';
import { clearRequest, keyToSend } from './idempotencyRecord';

/** Statuses by which the API says that it has not carried out a request and never will. */
const REFUSED = [400, 413, 422];

/**
 * Sends a request that costs money, and keeps its record up to date: whether it may have been carried out.
 *
 * @param send sends it; calls its parameter before each attempt
 */
export async function sendAndRecord(
	record: IdempotencyRecord,
	send: (beforeAttempt: () => void) => Promise<ApiResponse>,
): Promise<ApiResponse> {
	const wasUncertain = record.isUncertain === true;
	const response = await send(() => (record.isUncertain = true));
	if (response.ok) return response;
	// What an earlier attempt has done is settled by nothing less than the API's refusal of the same request.
	const isRefused = response.fromApi && REFUSED.includes(response.failure.statusCode);
	record.isUncertain = !isRefused && (wasUncertain || response.uncertain === true);
	return response;
}

/** The generation that an answer names which says nothing else for sure. */
function namedGeneration({ body }: FailedResponse): string | undefined {
	const { errorCode, generationId } = body ?? {};
	const isNamed = errorCode === 'IDEMPOTENCY_OUTCOME_UNKNOWN' && typeof generationId === 'string';
	return (isNamed && generationId) || undefined;
}

/**
 * Has a generation created by a request with the key of its record. Whatever happens, the record says afterwards what
 * is known of it.
 *
 * @param send sends the request on record, as often as its key allows
 * @param find looks for the generation if the answer does not tell whether there is one
 * @returns the ID of the generation
 * @throws FailureError if there is none, or if that is not known
 */
export async function createOnce(
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
		// The run has ended before this request was answered.
		if (!response && record.isUncertain) recordExisting(item, { idempotencyKey: key });
	}
	const id = response.ok ? (response.body as { id: string }).id : namedGeneration(response);
	if (id !== undefined) return noteGeneration(item, record, id);
	const { failure } = response as FailedResponse;
	const isConflict = failure.statusCode === 409;
	if (isConflict || record.isUncertain) {
		const found = await find();
		if (found !== undefined) return noteGeneration(item, record, found);
	}
	if (!record.isUncertain) {
		clearRequest(record);
		throw new FailureError(isConflict ? conflict(failure) : failure);
	}
	item.errorFields.idempotencyKey = key;
	recordExisting(item, { idempotencyKey: key });
	throw new FailureError(uncertain(failure, key));
}

function noteGeneration(
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

const uncertain = (failure: Failure, key: string): Failure => ({
	...failure,
	message: `${failure.message}. The generation may have been created all the same.`,
	hint: `Use Retry in the executions list, or run the workflow again with '${key}' as 'Idempotency Key': you get the generation if it exists, and never a second one`,
});

const conflict = (failure: Failure): Failure => ({
	...failure,
	hint: 'The idempotency key was used for a generation with other inputs or options: use another key for a new generation',
});

/** Where to look for something that may have been created, and how to go on. */
export interface Unkeyed {
	/** What it is, e.g. `batch`. */
	thing: string;
	/** Where to see whether it exists, e.g. `with Batch → Get Many`. */
	where: string;
}

/**
 * Sends a request that costs money and that the API knows no key for: once, also when n8n tries the node again.
 *
 * @param record of the item; with the result of an earlier try, nothing is sent
 * @param send sends the request; calls its parameter before the attempt
 * @throws FailureError if it may have been created, or certainly was not
 */
export async function createWithoutKey(
	item: ItemContext,
	record: IdempotencyRecord,
	send: (beforeAttempt: () => void) => Promise<ApiResponse>,
	{ thing, where }: Unkeyed,
): Promise<IDataObject> {
	if (record.result) {
		recordExisting(item, formatIds(thing, record.result));
		return record.result;
	}
	const advice = `Check ${where} whether it exists. If it does not, run the workflow again from its start.`;
	if (record.isUncertain) {
		throw inputError(
			`The ${thing} may have been created by an earlier try, so it was not created again`,
			advice,
		);
	}
	const response = await sendAndRecord(record, send);
	if (response.ok) {
		const result = response.body as IDataObject;
		Object.assign(record, { result, isUncertain: undefined });
		recordCreated(item, thing, formatIds(thing, result));
		return result;
	}
	if (!record.isUncertain) {
		clearRequest(record);
		throw new FailureError(response.failure);
	}
	throw new FailureError({
		...response.failure,
		message: `${response.failure.message}. The ${thing} may have been created all the same.`,
		hint: advice,
	});
}

const formatIds = (thing: string, result: IDataObject): IDataObject =>
	hasId(result) ? { [`${thing}Id`]: result.id } : {};
