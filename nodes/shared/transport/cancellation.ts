import { sleep } from 'n8n-workflow';

/** n8n's sleep can't be canceled, so we sleep in steps: no timer outlives a cancellation by more than this. */
const MAX_SLEEP_STEP_MS = 1000;

/**
 * Cancels work in progress. Used instead of AbortSignal, because Node.js warns if a signal has more than ten listeners,
 * and a run may have thousands of items.
 */
export class Cancellation {
	private reason?: Error;

	private readonly listeners = new Set<(reason: Error) => void>();

	/** Creates a cancellation that follows an abort signal. Its listener is never removed from the signal. */
	static from(signal: AbortSignal | undefined): Cancellation {
		const cancellation = new Cancellation();
		const cancel = () => cancellation.cancel(new Error('The execution was stopped'));
		if (signal?.aborted) cancel();
		else signal?.addEventListener('abort', cancel, { once: true });
		return cancellation;
	}

	get isCanceled(): boolean {
		return this.reason !== undefined;
	}

	/** Cancels the work; later calls have no effect. @param reason what the work rejects with */
	cancel(reason: Error): void {
		if (this.reason) return;
		this.reason = reason;
		for (const listener of this.listeners) listener(reason);
		this.listeners.clear();
	}

	/** @throws the reason, if canceled */
	throwIfCanceled(): void {
		if (this.reason) throw this.reason;
	}

	/**
	 * Waits for a task, but rejects with the reason as soon as the work is canceled.
	 *
	 * Promise.race isn't used: with one long-lived promise, it would keep every task's result in memory.
	 */
	async race<T>(task: Promise<T>): Promise<T> {
		return await new Promise<T>((resolve, reject) => {
			if (this.reason) {
				task.catch(() => undefined);
				reject(this.reason);
				return;
			}
			this.listeners.add(reject);
			task
				.then(resolve, reject)
				.finally(() => this.listeners.delete(reject))
				.catch(() => undefined);
		});
	}

	/**
	 * Waits until a time. Returns early if canceled.
	 *
	 * @param time returns the time in ms since 1970, which may change during the wait
	 */
	async sleepUntil(time: () => number): Promise<void> {
		while (!this.isCanceled) {
			const remainingMs = time() - Date.now();
			if (remainingMs <= 0) return;
			await sleep(Math.min(remainingMs, MAX_SLEEP_STEP_MS));
		}
	}
}
