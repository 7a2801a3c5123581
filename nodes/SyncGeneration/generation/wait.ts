import { FailureError } from '../../shared/errors';
import { Gate } from '../../shared/gate';
import type { Call } from '../../shared/operation';
import { PerRun } from '../../shared/run';
import type { Generation } from './generationItem';
import { generationIn, isFinal } from './generationItem';

/** The longest that the API keeps a request waiting, in seconds. */
const LONGEST_POLL = 10;
/** After an answer that was waited for, the API asks for this pause (`Retry-After: 2`), in milliseconds. */
const PAUSE_MS = 2000;
/** Between answers that come at once, when the API does not wait: 2, 4, 8, 10, 10 … s. */
const LONGEST_PAUSE_MS = 10_000;
/** Requests that wait at the server at once; they do not count as Max Concurrent Requests. */
const POLLS_AT_ONCE = 30;
/** Answers after which asking again makes no sense: wrong key, not allowed, no such generation. */
const HOPELESS = [401, 403, 404];

const polls = new PerRun(() => new Gate(POLLS_AT_ONCE));

/**
 * Waits in the node until a generation has ended: the API holds each request for some seconds, so that its end is known
 * at once. Passing faults do not end the waiting; the job is paid for.
 *
 * @param known its last known state
 * @param minutes how long at most
 * @throws FailureError when it has not ended in time, or can't be asked for
 */
export async function untilFinished(
	call: Call,
	known: Generation,
	minutes: number,
): Promise<Generation> {
	const deadline = Date.now() + minutes * 60_000;
	const { sender } = call.run;
	let generation = known;
	for (let quickAnswers = 0; !isFinal(generation); ) {
		const left = deadline - Date.now();
		if (left <= 0) throw new FailureError(notInTime(generation, minutes));
		const asked = Math.min(LONGEST_POLL, Math.ceil(left / 1000), sender.settings.timeout);
		const sentAt = Date.now();
		generation = await stateOf(call, generation, asked);
		if (isFinal(generation)) break;
		const isWaitedFor = Date.now() - sentAt > (asked * 1000) / 2;
		quickAnswers = isWaitedFor ? 0 : quickAnswers + 1;
		const pause = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, quickAnswers - 1));
		await sender.pause(Math.min(pause, Math.max(0, deadline - Date.now())));
	}
	return generation;
}

/** Asks for the state of a generation; gives the known one when a fault may pass. */
async function stateOf(call: Call, known: Generation, seconds: number): Promise<Generation> {
	const url = `/v2/generate/${encodeURIComponent(known.id)}`;
	const gate = polls.of(call.context);
	const wait = { wait: true, timeout: seconds };
	let answer = await call.send({ method: 'GET', url, qs: wait, body: undefined }, true, gate);
	// An API that does not know how to wait.
	if (!answer.ok && answer.failure.statusCode === 400) {
		answer = await call.send({ method: 'GET', url, qs: {}, body: undefined }, true);
	}
	if (answer.ok) return generationIn(answer.body);
	if (HOPELESS.includes(answer.failure.statusCode)) throw new FailureError(answer.failure);
	return known;
}

const notInTime = ({ id, status }: Generation, minutes: number) => ({
	message: `The generation is not finished after ${minutes} minutes, but ${status}`,
	statusCode: 200,
	errorCode: null,
	hint: `It goes on at sync.so. Use Generation → Get with its ID later: ${id}`,
	requestId: null,
});
