import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { unexpectedBodyFailure, FailureError } from '../../shared/transport/errors';
import { Semaphore } from '../../shared/transport/semaphore';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import type { ApiResponse, FailedResponse, Sender } from '../../shared/transport/sender';
import type { Generation } from '../../shared/items/generationItem';
import { isFinal, isGeneration } from '../../shared/items/generationItem';

/** The longest that the API keeps a request waiting, in seconds. */
const MAX_POLL_SECONDS = 10;
/** What an answer takes on its way besides, in seconds: a request is not held for longer than its timeout allows. */
const LATENCY_SECONDS = 2;
/** After an answer that was waited for, the API asks for this pause (`Retry-After: 2`), in milliseconds. */
const PAUSE_MS = 2000;
/** Between answers that come at once, when the API does not wait: 2, 4, 8, 10, 10 … s. */
const MAX_PAUSE_MS = 10_000;
/** Requests that wait at the server at once; they do not count as Max Concurrent Requests. */
const MAX_CONCURRENT_POLLS = 30;

/** Asks for the states of generations, by requests that the API holds until there is something new. */
export class Poller {
	private readonly semaphore = new Semaphore(MAX_CONCURRENT_POLLS);

	private canWait = true;

	constructor(private readonly sender: Sender) {}

	/**
	 * Asks once.
	 *
	 * @param seconds how long the API may hold the request
	 */
	async poll(context: IAllExecuteFunctions, id: string, seconds: number): Promise<ApiResponse> {
		const url = `/v2/generate/${encodeURIComponent(id)}`;
		const longest = Math.min(MAX_POLL_SECONDS, this.sender.settings.timeout - LATENCY_SECONDS);
		const timeout = Math.min(longest, Math.ceil(seconds));
		if (this.canWait && timeout >= 1) {
			const request = { method: 'GET', url, qs: { wait: true, timeout } } as const;
			const response = await this.sender.send(context, request, { semaphore: this.semaphore });
			if (response.ok || response.failure.statusCode !== 400) return checkGeneration(response);
			// An API that does not know how to wait.
			this.canWait = false;
		}
		return checkGeneration(await this.sender.send(context, { method: 'GET', url }));
	}
}

/** An answer without a generation is none. */
function checkGeneration(response: ApiResponse): ApiResponse {
	if (!response.ok || isGeneration(response.body)) return response;
	return {
		ok: false,
		failure: unexpectedBodyFailure('a generation', response.body),
		fromApi: false,
	};
}

/** Whether polling again makes no sense: wrong key, not allowed, no such generation. */
const isFatal = ({ fromApi, failure: { statusCode } }: FailedResponse): boolean =>
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
export async function waitUntilFinished(
	item: ItemContext,
	known: Generation,
	minutes: number,
): Promise<Generation> {
	const deadline = Date.now() + minutes * 60_000;
	const { sender } = item.run;
	const poller = pollers.get(item.run);
	let generation = known;
	let fault: Failure | undefined;
	for (let quickAnswers = 0; ; ) {
		Object.assign(item.errorFields, { generationId: generation.id, status: generation.status });
		if (isFinal(generation)) return generation;
		const left = deadline - Date.now();
		if (left <= 0) throw new FailureError(timeoutFailure(generation, minutes, fault));
		const sentAt = Date.now();
		const response = await poller.poll(item.context, generation.id, left / 1000);
		if (response.ok) generation = response.body as Generation;
		else if (isFatal(response)) throw new FailureError(response.failure);
		fault = response.ok ? undefined : response.failure;
		if (isFinal(generation)) continue;
		quickAnswers = Date.now() - sentAt < 1000 ? quickAnswers + 1 : 0;
		const pause = Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, quickAnswers - 1));
		await sender.pause(Math.min(pause, Math.max(0, deadline - Date.now())));
	}
}

const timeoutFailure = (
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
