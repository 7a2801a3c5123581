import {
	ITEMS,
	MEMORY_GROWTH,
	NODE,
	PEAK_IN_FLIGHT,
	PEAK_MEMORY,
	RANGE,
	RATIO,
	REQUESTS,
	TIME,
	WORKFLOW,
} from '../columns.mts';
import type { Choice, Input, Round, Subject } from '../comparison.mts';

/** With so many items, n8n is started anew for every run. */
export const MANY = 10_000;

const input = (items: number): Input => ({
	items,
	missing: 0,
	fileSize: 0,
	requestsPerMinute: null,
});

export const WARM_UP = input(100);

export const COLUMNS = [
	ITEMS,
	NODE,
	TIME,
	RANGE,
	RATIO,
	WORKFLOW,
	REQUESTS,
	PEAK_IN_FLIGHT,
	PEAK_MEMORY,
	MEMORY_GROWTH,
];

/** One round for each number of items, none of them missing, without a limit. */
export const roundsOf =
	(title: string, subjects: Subject[]) =>
	({ counts, repeat }: Choice): Round[] =>
		counts.map((items) => ({
			...input(items),
			title,
			repeat,
			freshN8n: items >= MANY,
			subjects,
		}));
