import { Semaphore } from '../../shared/transport/semaphore';
import type { ApiResponse, Sender } from '../../shared/transport/sender';

/** How long to wait before asking again whether the plan has a free slot, unless the API says how long, in ms. */
const DEFAULT_WAIT_MS = 5000;
const MAX_WAIT_MS = 60_000;

const isPlanFull = (response: ApiResponse): boolean =>
	!response.ok && response.failure.errorCode === 'concurrency_limit_reached';

/**
 * Queues the items of a run while the plan allows no more generations at the same time. The first in the queue tries
 * when one of ours has ended, and from time to time, because others use the plan too.
 */
export class SlotQueue {
	/** Items that arrive after the plan is known to be full don't send a request of their own. */
	private readonly entrance: Semaphore;

	private readonly queue = new Semaphore(1);

	private isFull = false;

	/** Slots that are free as far as we know: generations of ours have ended, and nobody has used their slots. */
	private freeSlots = 0;

	/** Whether the last try found a slot that we did not know of: there may be more then. */
	private mayHaveMore = false;

	/** How long to wait until the next try. */
	private wait = DEFAULT_WAIT_MS;

	private movedAt = 0;

	private wake: () => void = () => {};

	constructor(private readonly sender: Sender) {
		this.entrance = new Semaphore(sender.settings.maxConcurrent);
	}

	/** Notes that a generation of this run has ended, so that its slot may be free. */
	release(): void {
		this.freeSlots++;
		this.wake();
	}

	/**
	 * Creates a generation as soon as there is a slot for it.
	 *
	 * @param create sends the request; may be called many times, because a refused one has created nothing
	 * @param minutes how long to wait at most while the queue does not move
	 * @returns the answer; that the plan is full if no slot was free for so long
	 */
	async enqueue(create: () => Promise<ApiResponse>, minutes: number): Promise<ApiResponse> {
		const arrivedAt = Date.now();
		const response = await this.entrance.run(async () => {
			if (this.isFull) return undefined;
			const first = await create();
			if (isPlanFull(first)) {
				this.isFull = true;
				this.updateWait(first);
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
			const wait = this.mayHaveMore ? 0 : this.wait;
			const left = Math.max(0, deadline - Date.now());
			const isKnown = await this.takeSlotWithin(Math.min(wait, left));
			const response = await create();
			if (!isPlanFull(response)) {
				// A request that was refused for another reason has left the slot free for the next item.
				if (response.ok || response.uncertain) this.mayHaveMore = !isKnown;
				else if (isKnown) this.freeSlots++;
				else this.mayHaveMore = true;
				this.movedAt = Date.now();
				return response;
			}
			this.mayHaveMore = false;
			this.updateWait(response);
			if (left <= wait) return response;
		}
	}

	/** Waits until there is a free slot as far as we know, for some ms at most; returns whether there is one. */
	private async takeSlotWithin(ms: number): Promise<boolean> {
		if (this.freeSlots === 0) {
			const woken = new Promise<void>((resolve) => (this.wake = resolve));
			await this.sender.pause(ms, woken);
		}
		if (this.freeSlots === 0) return false;
		this.freeSlots--;
		return true;
	}

	private updateWait(response: ApiResponse): void {
		this.wait = Math.min((!response.ok && response.retryAfterMs) || DEFAULT_WAIT_MS, MAX_WAIT_MS);
	}
}
