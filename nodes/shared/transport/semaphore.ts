/** Limits the number of concurrent tasks. The others are queued, first come, first served. */
export class Semaphore {
	private running = 0;

	private readonly queue: Array<() => void> = [];

	constructor(private readonly limit: number) {}

	/** Runs a task as soon as a slot is free. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		const release = await this.acquire();
		try {
			return await task();
		} finally {
			release();
		}
	}

	/** Waits for a free slot. @returns a function that releases the slot */
	async acquire(): Promise<() => void> {
		if (this.running < this.limit) this.running++;
		else await new Promise<void>((resolve) => this.queue.push(resolve));
		return () => {
			const next = this.queue.shift();
			if (next) next();
			else this.running--;
		};
	}
}
