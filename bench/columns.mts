import type { Result, Subject } from './comparison.mts';
import { figures, fileSize, median, most, number, ratio } from './figures.mts';

/** A column of the tables. */
export interface Column {
	title: string;
	/** What it means, for the head of the report; undefined where the title says it all. */
	meaning?: string;
	/** Whether it has words instead of numbers. */
	isText?: boolean;
	/** What it says of a result. @param results all of the comparison */
	cell: (result: Result, results: Result[], baseline: Subject) => string;
}

export const ITEMS: Column = {
	title: 'items',
	isText: true,
	cell: ({ round }) => number(round.items),
};

export const FILE: Column = {
	title: 'file',
	isText: true,
	cell: ({ round }) => fileSize(round.fileSize),
};

export const NODE: Column = {
	title: 'node',
	isText: true,
	cell: ({ subject }, _results, baseline) =>
		subject === baseline ? `_${subject.name} (baseline)_` : subject.name,
};

export const TIME: Column = {
	title: 'time (s)',
	meaning:
		"of the node alone, from n8n's own run data, and the sum where several nodes do the work of one; the median where it was measured more than once. The nodes take turns, every other time in the opposite order, after a warm-up.",
	cell: (result) => seconds(median(figures(result, 'nodeMs'))),
};

export const RANGE: Column = {
	title: 'fastest – slowest (s)',
	cell: (result) => {
		const times = figures(result, 'nodeMs');
		return `${seconds(Math.min(...times))} – ${seconds(Math.max(...times))}`;
	},
};

export const RATIO: Column = {
	title: '× baseline',
	meaning: 'that time as a multiple of the time of the node marked in the table.',
	cell: (result, results, baseline) => ratio(result, results, baseline).toFixed(2),
};

export const WORKFLOW: Column = {
	title: 'workflow (s)',
	meaning: 'the whole execution, including the making of the items; the median.',
	cell: (result) => seconds(median(figures(result, 'workflowMs'))),
};

export const REQUESTS: Column = {
	title: 'requests',
	meaning: 'as the API saw them; the most of any run.',
	cell: (result) => number(most(result, 'requests')),
};

export const REFUSED: Column = {
	title: 'refused (429)',
	meaning: 'requests that the API refused for its limit; the most of any run.',
	cell: (result) => number(most(result, 'refused')),
};

export const PEAK_IN_FLIGHT: Column = {
	title: 'peak in flight',
	meaning: 'requests that waited for their answer at the same time; the most of any run.',
	cell: (result) => number(most(result, 'peakInFlight')),
};

export const FAILED_ITEMS: Column = {
	title: 'failed items',
	meaning: 'on the error output although the API did not say 404; the most of any run.',
	cell: (result) => number(most(result, 'failedItems')),
};

export const PEAK_MEMORY: Column = {
	title: 'peak memory (MB)',
	meaning: "the most that n8n's main process held during the run; the median.",
	cell: (result) => number(Math.round(median(figures(result, 'peakMemory')) / 1e6)),
};

export const MEMORY_GROWTH: Column = {
	title: 'memory growth (MiB)',
	meaning: 'that peak above what the process held just before the run; the most of any run.',
	cell: (result) => number(Math.round(most(result, 'memoryGrowth') / 1024 ** 2)),
};

const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 3 : 1);
