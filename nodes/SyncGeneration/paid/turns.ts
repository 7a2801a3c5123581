import { Gate } from '../../shared/transport/gate';
import type { Answer, Sender } from '../../shared/transport/send';

/** How long to wait before trying again whether the plan has a free slot, when the API does not say, in ms. */
const USUAL_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 60_000;

const isPlanFull = (answer: Answer): boolean =>
	!answer.ok && answer.failure.errorCode === 'concurrency_limit_reached';

/**
 * Lets the items of a run take turns while the plan allows no more generations at once: the first in the line tries
 * when one of ours has ended, and now and then, because others use the plan too.
 */
export class Turns {
	private readonly door: Gate;

	private readonly line = new Gate(1);

	private isFull = false;

	/** Places that are free by what we know: generations of ours have ended, and nobody has asked for their place. */
	private places = 0;

	/** Whether the last look found a place that we did not know of: there may be more then. */
	private mayBeMore = false;

	/** How long to wait until the next look. */
	private wait = USUAL_WAIT_MS;

	private movedAt = 0;

	private wake: () => void = () => {};

	constructor(private readonly sender: Sender) {
		// Nobody asks anew who can know by then that the plan is full.
		this.door = new Gate(sender.settings.maxConcurrent);
	}

	/** Says that a generation of this run has ended, so that its slot may be free. */
	free(): void {
		this.places++;
		this.wake();
	}

	/**
	 * Creates a generation when its turn has come.
	 *
	 * @param create sends the request; may be called many times, because a refused one has made nothing
	 * @param minutes how long to wait at most while the line does not move
	 * @returns the answer; that the plan is full when no slot was free for so long
	 */
	async take(create: () => Promise<Answer>, minutes: number): Promise<Answer> {
		const cameAt = Date.now();
		const answer = await this.door.pass(async () => {
			if (this.isFull) return undefined;
			const first = await create();
			if (isPlanFull(first)) {
				this.isFull = true;
				this.noteWait(first);
			}
			return first;
		});
		if (answer && !isPlanFull(answer)) return answer;
		return await this.line.pass(async () => await this.tryUntilFree(create, cameAt, minutes));
	}

	private async tryUntilFree(
		create: () => Promise<Answer>,
		cameAt: number,
		minutes: number,
	): Promise<Answer> {
		const deadline = Math.max(cameAt, this.movedAt) + minutes * 60_000;
		for (;;) {
			const wait = this.mayBeMore ? 0 : this.wait;
			const left = Math.max(0, deadline - Date.now());
			const isKnown = await this.placeWithin(Math.min(wait, left));
			const answer = await create();
			if (!isPlanFull(answer)) {
				this.mayBeMore = !isKnown;
				this.movedAt = Date.now();
				return answer;
			}
			this.mayBeMore = false;
			this.noteWait(answer);
			if (left <= wait) return answer;
		}
	}

	/** Waits until there is a place by what we know, so many ms at most; says whether there is. */
	private async placeWithin(ms: number): Promise<boolean> {
		if (this.places === 0) {
			const woken = new Promise<void>((resolve) => (this.wake = resolve));
			await this.sender.pause(ms, woken);
		}
		if (this.places === 0) return false;
		this.places--;
		return true;
	}

	private noteWait(answer: Answer): void {
		this.wait = Math.min((!answer.ok && answer.retryAfterMs) || USUAL_WAIT_MS, LONGEST_WAIT_MS);
	}
}
