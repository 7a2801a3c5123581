import type { Contender, Goal, Result } from '../comparison.mts';
import { formatNumber } from '../format.mts';
import { createTimeGoal, createUnmeasuredGoal } from '../goals.mts';
import { getMax } from '../statistics.mts';
import { byHttpRequest, combined, returnItem, single, single50AtOnce } from './contenders.mts';

/** Maximum number of IDs in a request. */
const IDS_PER_REQUEST = 100;

/** How many of the IDs without a result are requested individually, if none of them exists. */
const PROBES = 10;

/** The number of items with a goal for the time. */
export const MANY = 10_000;

/** The maximum time of Get as a multiple of HTTP Request's time, with and without combined lookups. */
const MAX_RATIO_COMBINED = 0.35;
const MAX_RATIO_SINGLE = 1.1;

const isLimited = ({ scenario }: Result) => scenario.requestsPerMinute !== null;

const describeScenario = ({ scenario }: Result) =>
	`${formatNumber(scenario.items)} items${scenario.missing > 0 ? ', 10 % missing' : ''}`;

/** Creates the goals for Get. */
export function createGoals(results: Result[]): Goal[] {
	const contenders = [combined, returnItem, single, single50AtOnce];
	const ours = results.filter(({ contender }) => contenders.includes(contender));
	const unlimited = ours.filter((result) => !isLimited(result));
	const limited = ours.filter(isLimited);
	const isCombined = ({ contender }: Result) => contender === combined;
	const createGetTimeGoal = (contender: Contender, missing: number, limit: number) => {
		const share = missing > 0 ? '10 % missing' : 'all found';
		const subject = `${contender.name}, ${formatNumber(MANY)} items, ${share}, no limit`;
		const result = unlimited.find(
			({ scenario, contender: measured }) =>
				measured === contender && scenario.items === MANY && scenario.missing === missing,
		);
		return createTimeGoal(subject, limit, result, results, byHttpRequest);
	};
	return [
		...[0, MANY / 10].flatMap((missing) => [
			createGetTimeGoal(combined, missing, MAX_RATIO_COMBINED),
			createGetTimeGoal(single, missing, MAX_RATIO_SINGLE),
			createGetTimeGoal(single50AtOnce, missing, MAX_RATIO_SINGLE),
		]),
		createFailedItemsGoal(limited),
		createRequestsGoal('no limit', unlimited.filter(isCombined)),
		createRequestsGoal('with a rate limit', limited.filter(isCombined)),
	];
}

function createFailedItemsGoal(limited: Result[]): Goal {
	const description = 'Sync Asset: Get, all options, with a rate limit: no failed items';
	if (limited.length === 0) return createUnmeasuredGoal(description);
	const failed = limited.reduce((sum, result) => sum + getMax(result, 'failedItems'), 0);
	return { description, measured: formatNumber(failed), reached: failed === 0 };
}

function createRequestsGoal(rateLimit: string, lookups: Result[]): Goal {
	const description = `${combined.name}, ${rateLimit}: at most ⌈items / ${IDS_PER_REQUEST}⌉ + ${PROBES} requests, not counting refused ones`;
	if (lookups.length === 0) return createUnmeasuredGoal(description);
	const exceeded = lookups.filter((result) => countServed(result) > countAllowed(result));
	const details = exceeded.map(
		(result) =>
			`${formatNumber(countServed(result))} instead of ${formatNumber(countAllowed(result))} (${describeScenario(result)})`,
	);
	return {
		description,
		measured: details.join('; ') || `in all ${lookups.length} scenarios`,
		reached: exceeded.length === 0,
	};
}

const countServed = (result: Result) => getMax(result, 'requests') - getMax(result, 'refused');

const countAllowed = ({ scenario }: Result) => Math.ceil(scenario.items / IDS_PER_REQUEST) + PROBES;
