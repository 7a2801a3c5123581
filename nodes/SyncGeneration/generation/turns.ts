import { Gate } from '../../shared/gate';
import type { Answer, Sender } from '../../shared/send';

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

	private freed = 0;

	private movedAt = 0;

	private wake: () => void = () => {};

	constructor(private readonly sender: Sender) {
		// Nobody asks anew who can know by then that the plan is full.
		this.door = new Gate(sender.settings.maxConcurrent);
	}

	/** Says that a generation of this run has ended, so that its slot may be free. */
	free(): void {
		this.freed++;
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
			this.isFull ||= isPlanFull(first);
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
			const { freed } = this;
			const answer = await create();
			if (!isPlanFull(answer)) {
				this.movedAt = Date.now();
				return answer;
			}
			const left = deadline - Date.now();
			if (answer.ok || left <= 0) return answer;
			// One of ours has ended while the API answered: there may be a slot now.
			if (freed !== this.freed) continue;
			const wait = Math.min(answer.retryAfterMs ?? USUAL_WAIT_MS, LONGEST_WAIT_MS, left);
			const woken = new Promise<void>((resolve) => (this.wake = resolve));
			await this.sender.pause(wait, woken);
		}
	}
}
