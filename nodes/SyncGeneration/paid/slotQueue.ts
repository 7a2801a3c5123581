import { Semaphore } from '../../shared/transport/semaphore';
import type { ApiResponse, Sender } from '../../shared/transport/sender';

/** Pause between attempts to get a slot, unless the API asks for a different one. */
const DEFAULT_PAUSE_MS = 5000;
const MAX_PAUSE_MS = 60_000;

const isPlanFull = (response: ApiResponse): boolean =>
	!response.ok && response.failure.errorCode === 'concurrency_limit_reached';

/**
 * Queues the items of a run while the plan's limit for concurrent generations is reached. The first item in the queue
 * retries whenever a generation of this run has ended. It also retries periodically, because others use the plan too.
 */
export class SlotQueue {
	/** Limits the items' first requests. An item that is still waiting when the plan turns out to be full sends none. */
	private readonly firstRequests: Semaphore;

	private readonly queue = new Semaphore(1);

	/** Whether the plan has been full in this run. From then on, items go straight to the queue. */
	private hasBeenFull = false;

	/** Slots presumed free: generations of this run that have ended, and whose slots none of its items has taken. */
	private freeSlots = 0;

	/** Whether the last attempt found a slot unexpectedly. There may be more, so the next attempt doesn't wait. */
	private mayHaveMoreSlots = false;

	/** Pause before the next attempt. */
	private pauseMs = DEFAULT_PAUSE_MS;

	/** When an item last left the queue. */
	private movedAt = 0;

	/** Ends the current pause early. */
	private wake: () => void = () => {};

	constructor(private readonly sender: Sender) {
		this.firstRequests = new Semaphore(sender.settings.maxConcurrent);
	}

	/** Call this when a generation of the run has ended: its slot may be free. */
	release(): void {
		this.freeSlots++;
		this.wake();
	}

	/**
	 * Creates a generation as soon as a slot is free.
	 *
	 * @param create sends the request. Called again while the plan is full: a rejected request creates nothing.
	 * @param minutes maximum wait while no item leaves the queue
	 * @returns the response. On timeout, it says that the plan is full.
	 */
	async enqueue(create: () => Promise<ApiResponse>, minutes: number): Promise<ApiResponse> {
		const arrivedAt = Date.now();
		const response = await this.firstRequests.run(async () => {
			if (this.hasBeenFull) return undefined;
			const first = await create();
			if (isPlanFull(first)) {
				this.hasBeenFull = true;
				this.updatePause(first);
			}
			return first;
		});
		if (response && !isPlanFull(response)) return response;
		return await this.queue.run(async () => await this.tryUntilFree(create, arrivedAt, minutes));
	}

	private async tryUntilFree(
		create: () => Promise<ApiResponse>,
		arrivedAt: number,
		minutes: number,
	): Promise<ApiResponse> {
		const deadline = Math.max(arrivedAt, this.movedAt) + minutes * 60_000;
		for (;;) {
			const pauseMs = this.mayHaveMoreSlots ? 0 : this.pauseMs;
			const leftMs = Math.max(0, deadline - Date.now());
			const wasPresumedFree = await this.takeSlotWithin(Math.min(pauseMs, leftMs));
			const presumedFree = this.freeSlots;
			const response = await create();
			if (!isPlanFull(response)) {
				// A request that was rejected for another reason leaves the slot free for the next item.
				if (response.ok || response.uncertain) this.mayHaveMoreSlots = !wasPresumedFree;
				else if (wasPresumedFree) this.freeSlots++;
				else this.mayHaveMoreSlots = true;
				this.movedAt = Date.now();
				return response;
			}
			this.mayHaveMoreSlots = false;
			// Only slots that were released during the request may still be free.
			this.freeSlots -= presumedFree;
			this.updatePause(response);
			if (leftMs <= pauseMs) return response;
		}
	}

	/** Takes a slot that is presumed free. If there is none, waits up to `ms` for one. @returns whether it took one */
	private async takeSlotWithin(ms: number): Promise<boolean> {
		if (this.freeSlots === 0) {
			const woken = new Promise<void>((resolve) => (this.wake = resolve));
			await this.sender.pause(ms, woken);
		}
		if (this.freeSlots === 0) return false;
		this.freeSlots--;
		return true;
	}

	private updatePause(response: ApiResponse): void {
		this.pauseMs = Math.min(
			(!response.ok && response.retryAfterMs) || DEFAULT_PAUSE_MS,
			MAX_PAUSE_MS,
		);
	}
}
