import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Generation } from '../../shared/items/generationItem';
import { isFinal, isGeneration } from '../../shared/items/generationItem';
import type { Failure } from '../../shared/transport/errors';
import { unexpectedBodyFailure } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import { Semaphore } from '../../shared/transport/semaphore';
import type { ApiResponse, Sender } from '../../shared/transport/sender';
import { pollUntilEnded } from './pollUntilEnded';

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

const pollers = new PerRun((run) => new Poller(run.sender));

/**
 * Waits in the node until a generation has ended. The API holds each request for some seconds, so the end is known at
 * once. Notes the ID and the last known status for an error item.
 *
 * @param generation its last known state
 * @param minutes how long to wait at most
 * @throws FailureError if it does not end in time, or if its state can't be requested
 */
export async function waitUntilFinished(
	item: ItemContext,
	generation: Generation,
	minutes: number,
): Promise<Generation> {
	const poller = pollers.get(item.run);
	let quickResponses = 0;
	return await pollUntilEnded(item, generation, {
		minutes,
		hasEnded: isFinal,
		poll: async (leftMs) => await poller.poll(item.context, generation.id, leftMs / 1000),
		pauseMs: (_response, tookMs) => {
			quickResponses = tookMs < 1000 ? quickResponses + 1 : 0;
			return Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, quickResponses - 1));
		},
		onState: ({ id, status }) => Object.assign(item.errorFields, { generationId: id, status }),
		timeoutFailure: (state, fault) => timeoutFailure(state, minutes, fault),
	});
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
