import type { Goal, Result, Subject } from '../comparison.mts';
import { most, number } from '../figures.mts';
import { notMeasured, timeGoal } from '../goals.mts';
import { byHttpRequest, combined, returnItem, single, singleWide } from './subjects.mts';

/** How many IDs one request takes. */
const IDS_A_REQUEST = 100;

/** How many of the IDs that these leave out are requested individually, if the API knows none of them. */
const PROBES = 10;

/** The number of items that the goals for time are set at. */
export const MANY = 10_000;

/** The most that Get may take of HTTP Request's time, combined and one by one. */
const MOST_COMBINED = 0.35;
const MOST_SINGLE = 1.1;

const isLimited = ({ round }: Result) => round.requestsPerMinute !== null;

const where = ({ round }: Result) =>
	`${number(round.items)} items${round.missing > 0 ? ', 10 % missing' : ''}`;

/** What is expected of Get; each goal over all results that it speaks of. */
export function goals(results: Result[]): Goal[] {
	const all = [combined, returnItem, single, singleWide];
	const ours = results.filter(({ subject }) => all.includes(subject));
	const unlimited = ours.filter((result) => !isLimited(result));
	const limited = ours.filter(isLimited);
	const lookups = (some: Result[]) => some.filter(({ subject }) => subject === combined);
	return [
		...[0, MANY / 10].flatMap((missing) => [
			time(results, unlimited, combined, missing, MOST_COMBINED),
			time(results, unlimited, single, missing, MOST_SINGLE),
			time(results, unlimited, singleWide, missing, MOST_SINGLE),
		]),
		noFailedItems(limited),
		requests('no limit', lookups(unlimited)),
		requests('under the limit', lookups(limited)),
	];
}

function time(
	results: Result[],
	unlimited: Result[],
	subject: Subject,
	missing: number,
	limit: number,
): Goal {
	const share = missing > 0 ? '10 % missing' : 'all found';
	const what = `${subject.name}, ${number(MANY)} items, ${share}, no limit`;
	const result = unlimited.find(
		({ round, subject: one }) =>
			one === subject && round.items === MANY && round.missing === missing,
	);
	return timeGoal(what, limit, result, results, byHttpRequest);
}

function noFailedItems(limited: Result[]): Goal {
	const what = 'Sync Asset: Get, either way, under the limit: no failed item';
	if (limited.length === 0) return notMeasured(what);
	const failed = limited.reduce((sum, result) => sum + most(result, 'failedItems'), 0);
	return { what, measured: number(failed), reached: failed === 0 };
}

function requests(rate: string, lookups: Result[]): Goal {
	const what = `${combined.name}, ${rate}: at most ⌈items / ${IDS_A_REQUEST}⌉ + ${PROBES} requests that the limit let through`;
	if (lookups.length === 0) return notMeasured(what);
	const tooMany = lookups.filter((result) => served(result) > allowed(result));
	const measured = tooMany.map(
		(result) =>
			`${number(served(result))} instead of ${number(allowed(result))} (${where(result)})`,
	);
	return {
		what,
		measured: measured.join('; ') || `so in all ${lookups.length} rounds`,
		reached: tooMany.length === 0,
	};
}

/** Requests that were answered; a refused one was sent again later. */
const served = (result: Result) => most(result, 'requests') - most(result, 'refused');

const allowed = ({ round }: Result) => Math.ceil(round.items / IDS_A_REQUEST) + PROBES;
