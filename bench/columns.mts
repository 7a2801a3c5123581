import type { Contender, Result } from './comparison.mts';
import { formatFileSize, formatNumber } from './format.mts';
import { getMax, getMedian, getTimeRatio, getValues } from './statistics.mts';

/** A column of the comparison tables. */
export interface Column {
	title: string;
	/** An explanation for the introduction of the report. Undefined if the title is clear. */
	description?: string;
	/** Whether to align it like text instead of numbers. */
	isText?: boolean;
	/** Formats the cell of a result. @param results all results of the comparison */
	cell: (result: Result, results: Result[], baseline: Contender) => string;
}

export const ITEMS: Column = {
	title: 'items',
	isText: true,
	cell: ({ scenario }) => formatNumber(scenario.items),
};

export const FILE: Column = {
	title: 'file',
	isText: true,
	cell: ({ scenario }) => formatFileSize(scenario.fileSize),
};

export const NODE: Column = {
	title: 'node',
	isText: true,
	cell: ({ contender }, _results, baseline) =>
		contender === baseline ? `_${contender.name} (baseline)_` : contender.name,
};

export const TIME: Column = {
	title: 'time (s)',
	description:
		"the execution time of the node, from n8n's run data. For several nodes, the sum. For several runs, the median. The runs follow a warm-up and alternate between the nodes, in reverse order every other time.",
	cell: (result) => formatSeconds(getMedian(result, 'nodeMs')),
};

export const RANGE: Column = {
	title: 'fastest – slowest (s)',
	cell: (result) => {
		const times = getValues(result, 'nodeMs');
		return `${formatSeconds(Math.min(...times))} – ${formatSeconds(Math.max(...times))}`;
	},
};

export const RATIO: Column = {
	title: '× baseline',
	description: 'the time as a multiple of the baseline in the same table.',
	cell: (result, results, baseline) => getTimeRatio(result, results, baseline).toFixed(2),
};

export const WORKFLOW: Column = {
	title: 'workflow (s)',
	description:
		'the duration of the whole execution, including the nodes that create the input. The median.',
	cell: (result) => formatSeconds(getMedian(result, 'workflowMs')),
};

export const REQUESTS: Column = {
	title: 'requests',
	description: 'that the API received. The maximum of all runs.',
	cell: (result) => formatNumber(getMax(result, 'requests')),
};

export const REFUSED: Column = {
	title: 'refused (429)',
	description: 'requests that the API refused because of its rate limit. The maximum of all runs.',
	cell: (result) => formatNumber(getMax(result, 'refused')),
};

export const PEAK_IN_FLIGHT: Column = {
	title: 'peak in flight',
	description: 'the number of concurrent requests. The maximum of all runs.',
	cell: (result) => formatNumber(getMax(result, 'peakInFlight')),
};

export const FAILED_ITEMS: Column = {
	title: 'failed items',
	description:
		'on the error output, except those whose asset does not exist. The maximum of all runs.',
	cell: (result) => formatNumber(getMax(result, 'failedItems')),
};

export const PEAK_MEMORY: Column = {
	title: 'peak memory (MB)',
	description: "the peak resident set size of n8n's main process during the run. The median.",
	cell: (result) => formatNumber(Math.round(getMedian(result, 'peakMemory') / 1e6)),
};

export const MEMORY_GROWTH: Column = {
	title: 'memory growth (MiB)',
	description: 'the peak memory minus the memory just before the run. The maximum of all runs.',
	cell: (result) => formatNumber(Math.round(getMax(result, 'memoryGrowth') / 1024 ** 2)),
};

const formatSeconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 3 : 1);
