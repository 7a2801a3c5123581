import type { Failure } from '../../shared/transport/errors';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { ApiResponse, FailedResponse } from '../../shared/transport/sender';

/** How to poll the state of something that sync.so is working on. */
export interface PollSettings<State> {
	/** Maximum wait. */
	minutes: number;
	/** Pause before the first poll, in milliseconds. Default: 0. */
	firstPauseMs?: number;
	hasEnded: (state: State) => boolean;
	/**
	 * Requests the state. The body of a successful response has to be a `State`.
	 *
	 * @param leftMs time left, in milliseconds
	 */
	poll: (leftMs: number) => Promise<ApiResponse>;
	/**
	 * The pause before the next poll, in milliseconds.
	 *
	 * @param response the response to this poll
	 * @param tookMs how long the response took, in milliseconds
	 */
	pauseMs: (response: ApiResponse, tookMs: number) => number;
	/** Called with every state, including the first one. */
	onState: (state: State) => void;
	/** The failure on timeout. @param lastFailure why the last poll failed, if it did */
	timeoutFailure: (state: State, lastFailure?: Failure) => Failure;
}

/** Whether polling again is pointless, e.g. after an invalid API key or an unknown ID. */
const isFatal = ({ fromApi, failure: { statusCode } }: FailedResponse): boolean =>
	fromApi && statusCode < 500 && ![408, 429].includes(statusCode);

/**
 * Polls until something paid for has ended. Temporary failures don't stop the polling.
 *
 * @param state its last known state, which may already be the final one
 * @throws FailureError if it doesn't end in time, or if its state can't be requested
 */
export async function pollUntilEnded<State>(
	{ run }: ItemContext,
	state: State,
	settings: PollSettings<State>,
): Promise<State> {
	const { minutes, firstPauseMs = 0, hasEnded, poll, onState } = settings;
	const deadline = Date.now() + minutes * 60_000;
	const leftMs = () => Math.max(0, deadline - Date.now());
	let currentState = state;
	let pauseMs = firstPauseMs;
	let lastFailure: Failure | undefined;
	for (;;) {
		onState(currentState);
		if (hasEnded(currentState)) return currentState;
		if (leftMs() === 0) throw new FailureError(settings.timeoutFailure(currentState, lastFailure));
		await run.sender.pause(Math.min(pauseMs, leftMs()));
		const sentAt = Date.now();
		const response = await poll(leftMs());
		if (response.ok) currentState = response.body as State;
		else if (isFatal(response)) throw new FailureError(response.failure);
		lastFailure = response.ok ? undefined : response.failure;
		pauseMs = settings.pauseMs(response, Date.now() - sentAt);
	}
}
