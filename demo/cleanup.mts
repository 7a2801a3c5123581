/** What has to be closed at the end: n8n, an API, the services of an example. */
interface Closable {
	close: () => Promise<void>;
}

/** Closes everything that the demo started or connected to. */
export class Cleanup {
	private readonly closables: Closable[] = [];

	/** Adds something to close, and returns it. */
	add<T extends Closable>(closable: T): T {
		this.closables.push(closable);
		return closable;
	}

	/** Closes everything, even if some of it fails. Returns the reasons why it failed. */
	async run(): Promise<string[]> {
		const closing = this.closables.map(async (closable) => await closable.close());
		const results = await Promise.allSettled(closing);
		return results.flatMap((result) =>
			result.status === 'rejected' ? (result.reason as Error).message : [],
		);
	}
}
