import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Generation } from '../../shared/items/generationItem';
import { hasEnded, isGeneration } from '../../shared/items/generationItem';
import type { Failure } from '../../shared/transport/errors';
import { unexpectedBodyFailure } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import { Semaphore } from '../../shared/transport/semaphore';
import type { ApiResponse, Sender } from '../../shared/transport/sender';
import { pollUntilEnded } from './pollUntilEnded';

/** Maximum time that the API holds a request, in seconds. */
const MAX_POLL_SECONDS = 10;
/** Time for the response to arrive, in seconds. The API is asked to respond that much before the request times out. */
const LATENCY_SECONDS = 2;
/** The pause that the API asks for after a held request (`Retry-After: 2`), in milliseconds. */
const MIN_PAUSE_MS = 2000;
/** Maximum pause after quick responses, when the API doesn't hold requests: 2, 4, 8, 10, 10 … s. */
const MAX_PAUSE_MS = 10_000;
/** Maximum number of held requests. They don't count towards Max Concurrent Requests. */
const MAX_CONCURRENT_POLLS = 30;

/** Requests the states of generations by long polling: the API holds each request until the state changes. */
export class Poller {
	private readonly semaphore = new Semaphore(MAX_CONCURRENT_POLLS);

	private supportsLongPolling = true;

	constructor(private readonly sender: Sender) {}

	/**
	 * Requests the state once. Stops using long polling if the API doesn't support it.
	 *
	 * @param seconds how long the API may hold the request
	 */
	async poll(context: IAllExecuteFunctions, id: string, seconds: number): Promise<ApiResponse> {
		const url = `/v2/generate/${encodeURIComponent(id)}`;
		const maxSeconds = Math.min(MAX_POLL_SECONDS, this.sender.settings.timeout - LATENCY_SECONDS);
		const timeout = Math.min(maxSeconds, Math.ceil(seconds));
		if (this.supportsLongPolling && timeout >= 1) {
			const request = { method: 'GET', url, qs: { wait: true, timeout } } as const;
			const response = await this.sender.send(context, request, { semaphore: this.semaphore });
			if (response.ok || response.failure.statusCode !== 400) {
				return failIfUnexpected(response, isGeneration, 'a generation');
			}
			// This API doesn't support long polling.
			this.supportsLongPolling = false;
		}
		const response = await this.sender.send(context, { method: 'GET', url });
		return failIfUnexpected(response, isGeneration, 'a generation');
	}
}

/**
 * Turns a success with an unexpected body into a failure.
 *
 * @param expected what the body should be, e.g. `a generation`
 */
export function failIfUnexpected(
	response: ApiResponse,
	matches: (body: unknown) => boolean,
	expected: string,
): ApiResponse {
	if (!response.ok || matches(response.body)) return response;
	return { ok: false, failure: unexpectedBodyFailure(expected, response.body), fromApi: false };
}

const pollers = new PerRun((run) => new Poller(run.sender));

/**
 * Waits in the node until a generation has ended. With long polling, it notices the end at once. Records the ID and the
 * last known status for error items.
 *
 * @param generation its last known state
 * @param minutes maximum wait
 * @throws FailureError if it doesn't end in time, or if its state can't be requested
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
		hasEnded,
		poll: async (leftMs) => await poller.poll(item.context, generation.id, leftMs / 1000),
		pauseMs: (_response, tookMs) => {
			quickResponses = tookMs < 1000 ? quickResponses + 1 : 0;
			return Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** Math.max(0, quickResponses - 1));
		},
		onState: ({ id, status }) => Object.assign(item.errorFields, { generationId: id, status }),
		timeoutFailure: (state, lastFailure) => timeoutFailure(state, minutes, lastFailure),
	});
}

const timeoutFailure = (
	{ id, status }: Generation,
	minutes: number,
	lastFailure: Failure | undefined,
): Failure => ({
	message: `The generation did not finish within ${minutes} minutes (status: ${status})${
		lastFailure ? `. The last request failed: ${lastFailure.message}` : ''
	}`,
	statusCode: lastFailure?.statusCode ?? 200,
	errorCode: lastFailure?.errorCode ?? null,
	hint: `It continues at sync.so. Use Get with this ID later: ${id}`,
	requestId: lastFailure?.requestId ?? null,
});
