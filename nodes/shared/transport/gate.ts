/** Lets so many pieces of work go on at once; the others wait for their turn, first come first served. */
export class Gate {
	private inside = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(private readonly width: number) {}

	/** Does the work when its turn has come. */
	async pass<T>(work: () => Promise<T>): Promise<T> {
		if (this.inside < this.width) this.inside++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.inside--;
		}
	}
}
