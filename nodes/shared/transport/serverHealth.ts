import type { Failure } from './errors';

/** The server counts as down once this many requests in a row have failed despite their retries. */
const FAILURES_UNTIL_OUTAGE = 5;
/** How often one request is let through to check whether the server is back. */
const PROBE_INTERVAL_MS = 30_000;

/**
 * What a run knows about one server, shared by all its requests: a pause that the server asked for, a longer time in
 * which it accepts nothing, and whether it is down (a circuit breaker).
 */
export class ServerHealth {
	private pausedUntil = 0;

	private refusal?: { until: number; failure: Failure };

	private consecutiveFailures = 0;

	private lastFailure?: Failure;

	/** When the next request may check whether the server is back, in ms since 1970. */
	private probeAt = 0;

	/** When the next request may be sent, in ms since 1970. */
	get readyAt(): number {
		return this.pausedUntil;
	}

	/** Delays all requests. @param until in ms since 1970 */
	pause(until: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, until);
	}

	/**
	 * Makes all requests fail until a time, because the server asked for a longer wait than a run should take.
	 *
	 * @param until in ms since 1970
	 * @param failure that of the request that the server asked to wait
	 * @returns the failure, with a hint on when to run the workflow again
	 */
	refuse(until: number, failure: Failure): Failure {
		const time = new Date(until).toISOString().replace(/\.\d+Z$/, 'Z');
		const datedFailure = { ...failure, hint: `Run the workflow again after ${time}` };
		this.refusal = {
			until,
			failure: {
				...datedFailure,
				message: `Not sent: the server accepts no requests until ${time}`,
			},
		};
		return datedFailure;
	}

	/**
	 * Decides whether a request may be sent now. While the server is down, it lets one through per probe interval.
	 *
	 * @returns why no request may be sent; undefined if one may
	 */
	checkBeforeSending(now = Date.now()): Failure | undefined {
		if (this.refusal && now < this.refusal.until) return this.refusal.failure;
		if (this.consecutiveFailures < FAILURES_UNTIL_OUTAGE || !this.lastFailure) return undefined;
		if (now >= this.probeAt) {
			this.probeAt = now + PROBE_INTERVAL_MS;
			return undefined;
		}
		const { consecutiveFailures, lastFailure } = this;
		return {
			...lastFailure,
			message: `Not sent, because ${consecutiveFailures} requests in a row have failed: ${lastFailure.message}`,
		};
	}

	/** Records that the server is working, even if it rejected the request. */
	recordResponse(): void {
		this.consecutiveFailures = 0;
	}

	/** Records that a request failed despite its retries, because the server is down or unreachable. */
	recordFailure(failure: Failure): void {
		this.consecutiveFailures++;
		this.lastFailure = failure;
		if (this.consecutiveFailures === FAILURES_UNTIL_OUTAGE) {
			this.probeAt = Date.now() + PROBE_INTERVAL_MS;
		}
	}
}
