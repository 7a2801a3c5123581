import type { Failure } from '../../shared/transport/errors';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { ApiResponse, FailedResponse } from '../../shared/transport/sender';

/** How the state of something that sync.so works on is polled. */
export interface PollSettings<State> {
	/** How long to wait at most. */
	minutes: number;
	/** How long to wait before the first poll, in milliseconds. Default: 0. */
	firstPauseMs?: number;
	/** Whether it has ended. */
	hasEnded: (state: State) => boolean;
	/**
	 * Requests the state. The body of a success has to be one.
	 *
	 * @param leftMs until the time is up, in milliseconds
	 */
	poll: (leftMs: number) => Promise<ApiResponse>;
	/**
	 * How long to wait until the next poll, in milliseconds.
	 *
	 * @param response to this poll
	 * @param tookMs how long that response took, in milliseconds
	 */
	pauseMs: (response: ApiResponse, tookMs: number) => number;
	/** Called with every state, the first one included. */
	onState: (state: State) => void;
	/** The failure when the time is up. @param fault why the last poll failed, if it did */
	timeoutFailure: (state: State, fault?: Failure) => Failure;
}

/** Whether polling again is pointless: wrong API key, not allowed, not found. */
const isFatal = ({ fromApi, failure: { statusCode } }: FailedResponse): boolean =>
	fromApi && statusCode < 500 && ![408, 429].includes(statusCode);

/**
 * Polls until something that was paid for has ended. Temporary faults don't end the waiting.
 *
 * @param state its last known state
 * @throws FailureError if it does not end in time, or if its state can't be requested
 */
export async function pollUntilEnded<State>(
	{ run }: ItemContext,
	state: State,
	settings: PollSettings<State>,
): Promise<State> {
	const { minutes, firstPauseMs = 0, hasEnded, poll, onState } = settings;
	const deadline = Date.now() + minutes * 60_000;
	const leftMs = () => Math.max(0, deadline - Date.now());
	let known = state;
	let pauseMs = firstPauseMs;
	let fault: Failure | undefined;
	for (;;) {
		onState(known);
		if (hasEnded(known)) return known;
		if (leftMs() === 0) throw new FailureError(settings.timeoutFailure(known, fault));
		await run.sender.pause(Math.min(pauseMs, leftMs()));
		const sentAt = Date.now();
		const response = await poll(leftMs());
		if (response.ok) known = response.body as State;
		else if (isFatal(response)) throw new FailureError(response.failure);
		fault = response.ok ? undefined : response.failure;
		pauseMs = settings.pauseMs(response, Date.now() - sentAt);
	}
}
