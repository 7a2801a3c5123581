import { sleep } from 'n8n-workflow';
import type { Cancellation } from '../transport/cancellation';

/** How often to check whether a transfer has stalled. */
const CHECK_INTERVAL_MS = 1000;

/** Aborts a transfer that stalls, or whose run is canceled. n8n's own timeout limits the total duration instead. */
export class StallGuard {
	private readonly controller = new AbortController();

	private lastProgressAt = Date.now();

	private hasEnded = false;

	/** @param idleMs how long a transfer may go without progress, in milliseconds */
	constructor(
		private readonly idleMs: number,
		private readonly cancellation: Cancellation,
	) {
		void this.watch();
	}

	/** Aborts when the transfer has to end. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Records that bytes have been transferred. */
	recordProgress(): void {
		this.lastProgressAt = Date.now();
	}

	/** Stops watching: the transfer is over. */
	end(): void {
		this.hasEnded = true;
	}

	private async watch(): Promise<void> {
		while (!this.hasEnded) {
			await sleep(CHECK_INTERVAL_MS);
			const isStalled = Date.now() - this.lastProgressAt > this.idleMs;
			if (isStalled || this.cancellation.isCanceled) return this.controller.abort();
		}
	}
}
