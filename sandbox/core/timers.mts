import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits without keeping the process alive.
 *
 * @param ms milliseconds; 0 returns immediately
 */
export async function delay(ms: number): Promise<void> {
	if (ms > 0) await sleep(ms, undefined, { ref: false });
}

/**
 * Schedules a callback without keeping the process alive.
 *
 * @param ms milliseconds; null for never
 */
export const schedule = (callback: () => void, ms: number | null): NodeJS.Timeout | undefined =>
	ms === null ? undefined : setTimeout(callback, ms).unref();
