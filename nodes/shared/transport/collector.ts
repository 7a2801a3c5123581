import { sleep } from 'n8n-workflow';

/**
 * Processes what the items of a run add all at once, instead of item by item. n8n starts all items of a run before any of
 * them continues, so everything that is added in the same tick belongs together.
 */
export class Collector<Entry, Result> {
	private current?: { entries: Entry[]; result: Promise<Result> };

	/** @param process gets everything that was added in the same tick, in order */
	constructor(private readonly process: (entries: Entry[]) => Result | Promise<Result>) {}

	/** Adds an entry. @returns the result of processing it together with the others */
	async add(entry: Entry): Promise<Result> {
		this.current ??= this.start();
		this.current.entries.push(entry);
		return await this.current.result;
	}

	private start(): { entries: Entry[]; result: Promise<Result> } {
		const entries: Entry[] = [];
		const result = (async () => {
			await sleep(0);
			this.current = undefined;
			return await this.process(entries);
		})();
		return { entries, result };
	}
}
