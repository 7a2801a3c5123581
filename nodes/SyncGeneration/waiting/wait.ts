import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { failureOfAnswer, FailureError } from '../../shared/transport/errors';
import { Semaphore } from '../../shared/transport/semaphore';
import type { Call } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import type { Answer, FailedAnswer, Sender } from '../../shared/transport/sender';
import type { Generation } from '../../shared/items/generationItem';
import { isFinal, isGeneration } from '../../shared/items/generationItem';

/** The longest that the API keeps a request waiting, in seconds. */
const LONGEST_POLL = 10;
/** What an answer takes on its way besides, in seconds: a request is not held for longer than its timeout allows. */
const ON_THE_WAY = 2;
/** After an answer that was waited for, the API asks for this pause (`Retry-After: 2`), in milliseconds. */
const PAUSE_MS = 2000;
/** Between answers that come at once, when the API does not wait: 2, 4, 8, 10, 10 … s. */
const LONGEST_PAUSE_MS = 10_000;
/** Requests that wait at the server at once; they do not count as Max Concurrent Requests. */
const POLLS_AT_ONCE = 30;

/** Asks for the states of generations, by requests that the API holds until there is something new. */
export class Poller {
	private readonly semaphore = new Semaphore(POLLS_AT_ONCE);

	private canWait = true;

	constructor(private readonly sender: Sender) {}

	/**
	 * Asks once.
	 *
	 * @param seconds how long the API may hold the request
	 */
	async ask(context: IAllExecuteFunctions, id: string, seconds: number): Promise<Answer> {
		const url = `/v2/generate/${encodeURIComponent(id)}`;
		const longest = Math.min(LONGEST_POLL, this.sender.settings.timeout - ON_THE_WAY);
		const timeout = Math.min(longest, Math.ceil(seconds));
		if (this.canWait && timeout >= 1) {
			const request = { method: 'GET', url, qs: { wait: true, timeout } } as const;
			const answer = await this.sender.send(context, request, { semaphore: this.semaphore });
			if (answer.ok || answer.failure.statusCode !== 400) return stateIn(answer);
			// An API that does not know how to wait.
			this.canWait = false;
		}
		return stateIn(await this.sender.send(context, { method: 'GET', url }));
	}
}

/** An answer without a generation is none. */
function stateIn(answer: Answer): Answer {
	if (!answer.ok || isGeneration(answer.body)) return answer;
	return { ok: false, failure: failureOfAnswer('a generation', answer.body), fromApi: false };
}

/** Whether polling again makes no sense: wrong key, not allowed, no such generation. */
const isHopeless = ({ fromApi, failure: { statusCode } }: FailedAnswer): boolean =>
	fromApi && statusCode < 500 && ![408, 429].includes(statusCode);

const pollers = new PerRun((run) => new Poller(run.sender));

/**
 * Waits in the node until a generation has ended: the API holds each request for some seconds, so that its end is known
 * at once. Passing faults do not end the waiting; the job is paid for. The ID and the last known status are noted as
 * what was asked for.
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
	const poller = pollers.of(call.run);
	let generation = known;
	let fault: Failure | undefined;
	for (let quickAnswers = 0; ; ) {
		Object.assign(call.subject, { generationId: generation.id, status: generation.status });
		if (isFinal(generation)) return generation;
		const left = deadline - Date.now();
		if (left <= 0) throw new FailureError(notInTime(generation, minutes, fault));
		const sentAt = Date.now();
		const answer = await poller.ask(call.context, generation.id, left / 1000);
		if (answer.ok) generation = answer.body as Generation;
		else if (isHopeless(answer)) throw new FailureError(answer.failure);
		fault = answer.ok ? undefined : answer.failure;
		if (isFinal(generation)) continue;
		quickAnswers = Date.now() - sentAt < 1000 ? quickAnswers + 1 : 0;
		const pause = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, quickAnswers - 1));
		await sender.pause(Math.min(pause, Math.max(0, deadline - Date.now())));
	}
}

const notInTime = (
	{ id, status }: Generation,
	minutes: number,
	fault: Failure | undefined,
): Failure => ({
	message: `The generation did not finish within ${minutes} minutes (status: ${status})${
		fault ? `. The last request failed: ${fault.message}` : ''
	}`,
	statusCode: fault?.statusCode ?? 200,
	errorCode: fault?.errorCode ?? null,
	hint: `It continues at sync.so. Use Get with its ID later: ${id}`,
	requestId: fault?.requestId ?? null,
});
