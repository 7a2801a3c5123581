import type { Input, Result, Run, Subject } from './comparison.mts';

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

/** A size in bytes as people write it: `50 MiB`, `4 GiB`. */
export const fileSize = (bytes: number): string =>
	bytes % 1024 ** 3 === 0 ? `${bytes / 1024 ** 3} GiB` : `${Math.round(bytes / 1024 ** 2)} MiB`;

/** How much goes through the nodes: `10,000 items`, or one file of so many GiB. */
export const amount = (input: Input): string =>
	input.fileSize > 0 ? fileSize(input.fileSize) : `${number(input.items)} items`;
