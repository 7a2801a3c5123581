import type { Goal, Result, Subject } from './comparison.mts';
import { ratio } from './figures.mts';

/** A goal that nothing was measured for. */
export const notMeasured = (what: string): Goal => ({ what, measured: 'not measured' });

/**
 * A goal for time.
 *
 * @param limit the most that it may take, as a multiple of what the baseline took in the same round
 * @param result undefined when it was not measured
 */
export function timeGoal(
	what: string,
	limit: number,
	result: Result | undefined,
	results: Result[],
	baseline: Subject,
): Goal {
	const goal = `${what}: at most ${limit} × the time of ${baseline.name}`;
	if (!result) return notMeasured(goal);
	const measured = ratio(result, results, baseline);
	return { what: goal, measured: `${measured.toFixed(2)} ×`, reached: measured <= limit };
}
