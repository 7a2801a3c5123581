import type { Contender, Goal, Result } from './comparison.mts';
import { getTimeRatio } from './statistics.mts';

/** Creates a goal that was not measured. */
export const createUnmeasuredGoal = (description: string): Goal => ({
	description,
	measured: 'not measured',
});

/**
 * Creates a goal for the execution time.
 *
 * @param limit the maximum, as a multiple of the baseline's time in the same scenario
 * @param result undefined if the goal was not measured
 */
export function createTimeGoal(
	subject: string,
	limit: number,
	result: Result | undefined,
	results: Result[],
	baseline: Contender,
): Goal {
	const description = `${subject}: at most ${limit} × the time of ${baseline.name}`;
	if (!result) return createUnmeasuredGoal(description);
	const ratio = getTimeRatio(result, results, baseline);
	return { description, measured: `${ratio.toFixed(2)} ×`, reached: ratio <= limit };
}
