import { setTimeout as sleep } from 'node:timers/promises';

/** The first wait (ms) between two looks; each next one is longer, up to the last. */
const FIRST_WAIT = 50;
const LAST_WAIT = 1000;

/**
 * Looks again and again until `look` gives something else than undefined, and gives that.
 *
 * @param limit how long at most, in ms
 * @param late what to say in the error after that time
 */
export async function waitFor<T>(
	look: () => Promise<T | undefined>,
	limit: number,
	late: () => string,
): Promise<T> {
	const deadline = Date.now() + limit;
	for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 1.3, LAST_WAIT)) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`After ${limit / 1000} s ${late()}`);
		await sleep(wait);
	}
}
