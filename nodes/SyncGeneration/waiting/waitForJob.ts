import { resultFailure } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { SendOptions } from '../../shared/transport/sender';
import { pollUntilEnded } from './pollUntilEnded';

/** Pause between polls, unless the API asks for a different one. The documentation's example is `Retry-After: 3`. */
const DEFAULT_PAUSE_MS = 3000;
const MAX_PAUSE_MS = 60_000;

/** Something that sync.so creates in the background. */
export interface Job {
	id: string;
	status: string;
}

/** How to wait for a job. */
export interface JobSettings<State extends Job> {
	/** The path of the API, without the ID. */
	path: string;
	/** What the job creates, e.g. `speech`. */
	thing: string;
	/** The expected response. */
	expects: NonNullable<SendOptions['expects']>;
	/** Maximum wait. */
	minutes: number;
	/** Pause before the first poll, in milliseconds. */
	firstPauseMs?: number;
	hasEnded: (job: State) => boolean;
	/** Called with every state, including the first one. */
	onState: (job: State) => void;
	/** How to go on after the time limit. Precedes the job ID. */
	timeoutHint: string;
}

/**
 * Polls until a job has ended. An unknown status counts as running.
 *
 * @param job its last known state, which may already be the final one
 * @throws FailureError if it doesn't end in time, or if its state can't be requested
 */
export async function waitForJob<State extends Job>(
	item: ItemContext,
	job: State,
	{
		path,
		thing,
		expects,
		minutes,
		firstPauseMs = DEFAULT_PAUSE_MS,
		timeoutHint,
		...settings
	}: JobSettings<State>,
): Promise<State> {
	const url = `${path}/${encodeURIComponent(job.id)}`;
	return await pollUntilEnded(item, job, {
		...settings,
		minutes,
		firstPauseMs: Math.min(firstPauseMs, MAX_PAUSE_MS),
		poll: async () => await item.send({ method: 'GET', url, body: undefined }, { expects }),
		pauseMs: ({ retryAfterMs = DEFAULT_PAUSE_MS }) => Math.min(retryAfterMs, MAX_PAUSE_MS),
		timeoutFailure: ({ id, status }) =>
			resultFailure(
				`The ${thing} did not finish within ${minutes} minutes (status: ${status})`,
				`${timeoutHint} Job ID: ${id}`,
			),
	});
}
