import { sleep } from 'n8n-workflow';
import type { Cancellation } from '../transport/cancellation';

/** How often it is checked whether a transfer still moves. */
const TICK_MS = 1000;

/** Ends a transfer in which no bytes have moved for a while, or whose run is canceled. n8n's own timeout limits its whole length. */
export class StallGuard {
	private readonly controller = new AbortController();

	private movedAt = Date.now();

	private isOver = false;

	/** @param idleMs how long nothing may move, in milliseconds */
	constructor(
		private readonly idleMs: number,
		private readonly cancellation: Cancellation,
	) {
		void this.watch();
	}

	/** Is aborted when the transfer has to end. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Notes that bytes have moved. */
	recordProgress(): void {
		this.movedAt = Date.now();
	}

	/** Ends the watch: the transfer is over. */
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
