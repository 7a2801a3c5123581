import { sleep } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';

/** Items that are worked on together, and what comes of it. */
interface Round<T> {
	calls: Call[];
	outcome: Promise<T>;
}

/** Does one piece of work for all items of a run: n8n starts all of them before any waits. */
export class Gathering<T> {
	private round?: Round<T>;

	/** @param work for the items, in their order; when it throws, it does so for each of them */
	constructor(private readonly work: (calls: Call[]) => Promise<T>) {}

	/** Joins the items of the run. @returns what comes of the work, to the first of them; undefined to the others */
	async join(call: Call): Promise<T | undefined> {
		const round = (this.round ??= this.start());
		round.calls.push(call);
		const outcome = await round.outcome;
		return round.calls[0] === call ? outcome : undefined;
	}

	private start(): Round<T> {
		const calls: Call[] = [];
		const workLater = async () => {
			await sleep(0);
			this.round = undefined;
			return await this.work(calls);
		};
		return { calls, outcome: workLater() };
	}
}
