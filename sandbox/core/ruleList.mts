/** Limits how often a rule applies. */
export interface Rule {
	/** How many times to apply the rule. Default: always. */
	times?: number;
	/** How many matches to skip first. Default: 0. */
	skip?: number;
}

/** Rules that tests add, such as faults. Earlier rules take precedence. */
export class RuleList<Item extends Rule> {
	private rules: Item[] = [];

	add(rule: Item): void {
		this.rules.push({ ...rule });
	}

	clear(): void {
		this.rules = [];
	}

	/** Finds the first rule that matches and is not used up, and counts one use of it. */
	consume(matches: (rule: Item) => boolean): Item | undefined {
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
