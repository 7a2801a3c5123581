/** Runs a limited number of tasks at the same time; the others wait in line, first come, first served. */
export class Semaphore {
	private running = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(private readonly limit: number) {}

	/** Runs a task as soon as there is room for it. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		const release = await this.acquire();
		try {
			return await task();
		} finally {
			release();
		}
	}

	/** Waits until there is room for a task. @returns what makes room for the next one */
	async acquire(): Promise<() => void> {
		if (this.running < this.limit) this.running++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		return () => {
			const next = this.waiting.shift();
			if (next) next();
			else this.running--;
		};
	}
}
