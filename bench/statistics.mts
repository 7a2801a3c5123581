import type { Contender, Result, Run } from './comparison.mts';

/** Returns the median. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** Returns the smallest value that at least `rank` percent of the values don't exceed. */
export function percentile(values: number[], rank: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)];
}

/** Returns the values of a metric from all runs. */
export const getValues = ({ runs }: Result, metric: keyof Run): number[] =>
	runs.map((run) => run[metric]);

/** Returns the median of a metric over all runs. */
export const getMedian = (result: Result, metric: keyof Run): number =>
	median(getValues(result, metric));

/** Returns the maximum of a metric over all runs. */
export const getMax = (result: Result, metric: keyof Run): number =>
	Math.max(...getValues(result, metric));

/** Returns the median time of a contender as a multiple of the baseline's in the same scenario. */
export function getTimeRatio(result: Result, results: Result[], baseline: Contender): number {
	const baselineResult = results.find(
		({ scenario, contender }) => scenario === result.scenario && contender === baseline,
	) as Result;
	return getMedian(result, 'nodeMs') / getMedian(baselineResult, 'nodeMs');
}
