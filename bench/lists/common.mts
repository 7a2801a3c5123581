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
import type { Contender, Scenario, ScenarioOptions, Workload } from '../comparison.mts';

/** With this many items, n8n is restarted before every run. */
export const MANY = 10_000;

const createWorkload = (items: number): Workload => ({
	items,
	missing: 0,
	fileSize: 0,
	requestsPerMinute: null,
});

/** The warm-up of all comparisons of lists. */
export const WARM_UP = createWorkload(100);

/** The columns of all comparisons of lists. */
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

/** Creates one scenario for each number of items, without missing assets or a rate limit. */
export const createScenarios =
	(title: string, contenders: Contender[]) =>
	({ itemCounts, repetitions }: ScenarioOptions): Scenario[] =>
		itemCounts.map((items) => ({
			...createWorkload(items),
			title,
			repetitions,
			freshN8n: items >= MANY,
			contenders,
		}));
