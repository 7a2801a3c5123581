import { sleep } from 'n8n-workflow';

/** n8n has no sleep that ends with the execution: after a cancellation, no timer keeps running for longer than this. */
const MAX_SLEEP_MS = 1000;

/**
 * Ends work early. Like an AbortSignal, but for thousands of items: Node.js warns about an AbortSignal with more than ten
 * listeners.
 */
export class Cancellation {
	private error?: Error;

	private readonly listeners = new Set<(reason: Error) => void>();

	/** A cancellation that follows a signal, and keeps listening to it for as long as that lives. */
	static from(signal: AbortSignal | undefined): Cancellation {
		const cancellation = new Cancellation();
		const cancel = () => cancellation.cancel(new Error('The execution was stopped'));
		if (signal?.aborted) cancel();
		else signal?.addEventListener('abort', cancel, { once: true });
		return cancellation;
	}

	get isCanceled(): boolean {
		return this.error !== undefined;
	}

	/** Ends the work. @param reason what the work rejects with */
	cancel(reason: Error): void {
		if (this.error) return;
		this.error = reason;
		for (const listener of this.listeners) listener(reason);
		this.listeners.clear();
	}

	/** @throws the reason, if the work has ended */
	throwIfCanceled(): void {
		if (this.error) throw this.error;
	}

	/**
	 * Waits for a task, or rejects with the reason as soon as the work has ended. Keeps neither the task nor its result in
	 * memory.
	 */
	async race<T>(task: Promise<T>): Promise<T> {
		return await new Promise<T>((resolve, reject) => {
			if (this.error) {
				task.catch(() => undefined);
				reject(this.error);
				return;
			}
			this.listeners.add(reject);
			task
				.then(resolve, reject)
				.finally(() => this.listeners.delete(reject))
				.catch(() => undefined);
		});
	}

	/** Waits until a time that may change meanwhile, in ms since 1970. Returns early if the work has ended. */
	async sleepUntil(time: () => number): Promise<void> {
		while (!this.isCanceled) {
			const left = time() - Date.now();
			if (left <= 0) return;
			await sleep(Math.min(left, MAX_SLEEP_MS));
		}
	}
}
