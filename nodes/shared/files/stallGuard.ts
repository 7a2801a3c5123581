import { sleep } from 'n8n-workflow';
import type { Cancellation } from '../transport/cancellation';

/** How often to check whether a transfer has stalled. */
const TICK_MS = 1000;

/** Aborts a transfer that stalls, or whose run is canceled. n8n's own timeout limits the total duration instead. */
export class StallGuard {
	private readonly controller = new AbortController();

	private movedAt = Date.now();

	private isOver = false;

	/** @param idleMs how long a transfer may make no progress, in milliseconds */
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
		this.movedAt = Date.now();
	}

	/** Stops watching: the transfer is over. */
	end(): void {
		this.isOver = true;
	}

	private async watch(): Promise<void> {
		while (!this.isOver) {
			await sleep(TICK_MS);
			const isIdle = Date.now() - this.movedAt > this.idleMs;
			if (isIdle || this.cancellation.isCanceled) return this.controller.abort();
		}
	}
}
