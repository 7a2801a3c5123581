/** How often something that is ordered comes. */
export interface Order {
	/** How many times; default: for ever. */
	times?: number;
	/** Let so many that fit go by first. */
	skip?: number;
}

/** What tests ordered, and has not come as often as they want. */
export class OnDemand<Item extends Order> {
	private items: Item[] = [];

	add(item: Item): void {
		this.items.push({ ...item });
	}

	clear(): void {
		this.items = [];
	}

	/** The first that fits, if there is one; it counts as used. */
	next(fits: (item: Item) => boolean): Item | undefined {
		for (const item of this.items) {
			if (!fits(item) || item.times === 0) continue;
			if (item.skip) {
				item.skip--;
				continue;
			}
			if (item.times !== undefined) item.times--;
			return item;
		}
		return undefined;
	}
}
