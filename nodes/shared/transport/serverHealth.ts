import type { Failure } from './errors';

/** This many requests in a row have to fail for good before the others are spared. */
const FAILURES_UNTIL_OUTAGE = 5;
/** While a server is down, one request is let through this often, to see whether it is back. */
const PROBE_EVERY_MS = 30_000;

/**
 * What a run has learned about one server, for all its requests: a pause that the server asked for, a longer time in
 * which it accepts nothing, and whether it is down (a circuit breaker).
 */
export class ServerHealth {
	private pausedUntil = 0;

	private refusal?: { until: number; failure: Failure };

	private failuresInARow = 0;

	private lastFailure?: Failure;

	private probeAt = 0;

	/** When the next request may be sent, in ms since 1970. */
	get readyAt(): number {
		return this.pausedUntil;
	}

	/** Makes all requests wait. @param until in ms since 1970 */
	pause(until: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, until);
	}

	/**
	 * Makes all requests fail, because the server wants a longer pause than a run should take.
	 *
	 * @param until in ms since 1970
	 * @param failure of the request that was told so
	 * @returns the failure, with a hint that says when to come back
	 */
	refuse(until: number, failure: Failure): Failure {
		const time = new Date(until).toISOString().replace(/\.\d+Z$/, 'Z');
		const dated = { ...failure, hint: `Run the workflow again after ${time}` };
		this.refusal = {
			until,
			failure: { ...dated, message: `Not sent: the server accepts no requests until ${time}` },
		};
		return dated;
	}

	/** Why nothing may be sent now; undefined if a request may. */
	reasonNotToSend(now = Date.now()): Failure | undefined {
		if (this.refusal && now < this.refusal.until) return this.refusal.failure;
		if (this.failuresInARow < FAILURES_UNTIL_OUTAGE || !this.lastFailure) return undefined;
		if (now >= this.probeAt) {
			this.probeAt = now + PROBE_EVERY_MS;
			return undefined;
		}
		const { failuresInARow, lastFailure } = this;
		return {
			...lastFailure,
			message: `Not sent, because ${failuresInARow} requests in a row have failed: ${lastFailure.message}`,
		};
	}

	/** Notes that the server answered as a working server does, even if it refused the request. */
	recordResponse(): void {
		this.failuresInARow = 0;
	}

	/** Notes that a request failed for good, because the server is down or can't be reached. */
	recordFailure(failure: Failure): void {
		this.failuresInARow++;
		this.lastFailure = failure;
		if (this.failuresInARow === FAILURES_UNTIL_OUTAGE) this.probeAt = Date.now() + PROBE_EVERY_MS;
	}
}
