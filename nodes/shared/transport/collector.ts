import { sleep } from 'n8n-workflow';

/**
 * Processes the entries of many items together instead of one by one. n8n starts all items of a run right after
 * one another, so their entries arrive in the same tick.
 */
export class Collector<Entry, Result> {
	private collecting?: { entries: Entry[]; result: Promise<Result> };

	/** @param process receives all entries of a tick, in order */
	constructor(private readonly process: (entries: Entry[]) => Result | Promise<Result>) {}

	/** Adds an entry. @returns the result of processing all entries of the tick */
	async add(entry: Entry): Promise<Result> {
		this.collecting ??= this.startCollecting();
		this.collecting.entries.push(entry);
		return await this.collecting.result;
	}

	private startCollecting(): { entries: Entry[]; result: Promise<Result> } {
		const entries: Entry[] = [];
		const result = (async () => {
			await sleep(0);
			this.collecting = undefined;
			return await this.process(entries);
		})();
		return { entries, result };
	}
}
