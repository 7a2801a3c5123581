import type { Result, Run, Subject } from './comparison.mts';

/** The middle one of some values, or the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** One figure of every run. */
export const figures = ({ runs }: Result, name: keyof Run): number[] =>
	runs.map((run) => run[name]);

/** The most that a figure was in any run. */
export const most = (result: Result, name: keyof Run): number => Math.max(...figures(result, name));

/** How often the baseline's time a node took in the same round, by the medians. */
export function ratio(result: Result, results: Result[], baseline: Subject): number {
	const time = (some: Result) => median(figures(some, 'nodeMs'));
	const compared = results.find(
		({ round, subject }) => round === result.round && subject === baseline,
	) as Result;
	return time(result) / time(compared);
}

/** A number as people write it: `10,000`. */
export const number = (value: number): string => value.toLocaleString('en-US');
