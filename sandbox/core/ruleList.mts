/** How often a rule applies. */
export interface Rule {
	/** Number of times. Default: always. */
	times?: number;
	/** Number of matches to let pass first. Default: 0. */
	skip?: number;
}

/** Rules set by tests, in the order in which they were added. */
export class RuleList<Item extends Rule> {
	private rules: Item[] = [];

	add(rule: Item): void {
		this.rules.push({ ...rule });
	}

	clear(): void {
		this.rules = [];
	}

	/** Gets the first rule that matches and is not used up, and counts it as used once. */
	take(matches: (rule: Item) => boolean): Item | undefined {
		for (const rule of this.rules) {
			if (rule.times === 0 || !matches(rule)) continue;
			if (rule.skip) {
				rule.skip--;
				continue;
			}
			if (rule.times !== undefined) rule.times--;
			return rule;
		}
		return undefined;
	}
}
