import { setTimeout as sleep } from 'node:timers/promises';

/** The first and the longest interval (ms) between two polls. Each interval is longer than the one before. */
const FIRST_INTERVAL = 50;
const MAX_INTERVAL = 1000;

/**
 * Polls until `poll` returns something other than undefined, and returns that.
 *
 * @param timeout in ms
 * @param describeState what to say in the timeout error
 */
export async function waitFor<T>(
	poll: () => Promise<T | undefined>,
	timeout: number,
	describeState: () => string,
): Promise<T> {
	const deadline = Date.now() + timeout;
	for (let interval = FIRST_INTERVAL; ; interval = Math.min(interval * 1.3, MAX_INTERVAL)) {
		const result = await poll();
		if (result !== undefined) return result;
		if (Date.now() > deadline) {
			throw new Error(`Timed out after ${timeout / 1000} s: ${describeState()}`);
		}
		await sleep(interval);
	}
}
