import type { IDataObject } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { FailureError } from '../../shared/transport/errors';
import { hasId } from '../../shared/items/item';
import type { Call } from '../../shared/transport/itemContext';
import type { Answer, FailedAnswer } from '../../shared/transport/sender';
import { invalidInput } from '../../shared/transport/values';
import { noteCreated, noteExisting } from './created';
import type { IdempotencyRecord } from './idempotencyRecord';
import { keyToSend, noteRefusal } from './idempotencyRecord';

/** Statuses by which the API says that it has not carried out a request and never will. */
const REFUSED = [400, 413, 422];

/**
 * Sends a request that costs money, and keeps its record up to date: whether it may have been carried out.
 *
 * @param send sends it; calls its parameter before each attempt
 */
export async function sendOnRecord(
	record: IdempotencyRecord,
	send: (beforeAttempt: () => void) => Promise<Answer>,
): Promise<Answer> {
	const wasUncertain = record.isUncertain === true;
	const answer = await send(() => (record.isUncertain = true));
	if (answer.ok) return answer;
	// What an earlier attempt has done is settled by nothing less than the API's refusal of the same request.
	const isRefused = answer.fromApi && REFUSED.includes(answer.failure.statusCode);
	record.isUncertain = !isRefused && (wasUncertain || answer.uncertain === true);
	return answer;
}

/** The generation that an answer names which says nothing else for sure. */
function namedGeneration({ body }: FailedAnswer): string | undefined {
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
	call: Call,
	record: IdempotencyRecord,
	send: () => Promise<Answer>,
	find: () => Promise<string | undefined>,
): Promise<string> {
	const key = keyToSend(record);
	let answer: Answer | undefined;
	try {
		answer = await send();
	} finally {
		// The run has ended before this request was answered.
		if (!answer && record.isUncertain) noteExisting(call, { idempotencyKey: key });
	}
	const id = answer.ok ? (answer.body as { id: string }).id : namedGeneration(answer);
	if (id !== undefined) return noteGeneration(call, record, id);
	const { failure } = answer as FailedAnswer;
	const isConflict = failure.statusCode === 409;
	if (isConflict || record.isUncertain) {
		const found = await find();
		if (found !== undefined) return noteGeneration(call, record, found);
	}
	if (!record.isUncertain) {
		noteRefusal(record);
		throw new FailureError(isConflict ? conflict(failure) : failure);
	}
	call.subject.idempotencyKey = key;
	noteExisting(call, { idempotencyKey: key });
	throw new FailureError(uncertain(failure, key));
}

function noteGeneration(call: Call, record: IdempotencyRecord, generationId: string): string {
	record.result = { id: generationId };
	record.request = record.isUncertain = undefined;
	call.subject.generationId = generationId;
	noteCreated(call, 'generation', { generationId });
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
	call: Call,
	record: IdempotencyRecord,
	send: (beforeAttempt: () => void) => Promise<Answer>,
	{ thing, where }: Unkeyed,
): Promise<IDataObject> {
	if (record.result) {
		noteExisting(call, idsOf(thing, record.result));
		return record.result;
	}
	const advice = `Check ${where} whether it exists. If it does not, run the workflow again from its start.`;
	if (record.isUncertain) {
		throw invalidInput(
			`The ${thing} may have been created by an earlier try, so it was not created again`,
			advice,
		);
	}
	const answer = await sendOnRecord(record, send);
	if (answer.ok) {
		const result = answer.body as IDataObject;
		Object.assign(record, { result, isUncertain: undefined });
		noteCreated(call, thing, idsOf(thing, result));
		return result;
	}
	if (!record.isUncertain) {
		noteRefusal(record);
		throw new FailureError(answer.failure);
	}
	throw new FailureError({
		...answer.failure,
		message: `${answer.failure.message}. The ${thing} may have been created all the same.`,
		hint: advice,
	});
}

const idsOf = (thing: string, result: IDataObject): IDataObject =>
	hasId(result) ? { [`${thing}Id`]: result.id } : {};
