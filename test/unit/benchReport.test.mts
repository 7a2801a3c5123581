import type { Comparison, Contender, Result, Run, Scenario } from '../../bench/comparison.mts';
import { createTimeGoal } from '../../bench/goals.mts';
import { createSections, readSections } from '../../bench/report.mts';
import { getMax, getMedian, getTimeRatio, median, percentile } from '../../bench/statistics.mts';

const baseline: Contender = { name: 'HTTP Request', nodes: () => [] };
const ours: Contender = { name: 'Sync Asset', nodes: () => [] };

const scenario: Scenario = {
	...{ title: 'No limit', repetitions: 3, freshN8n: false, contenders: [ours, baseline] },
	...{ items: 1, missing: 0, fileSize: 0, requestsPerMinute: null },
};

const buildResult = (contender: Contender, times: number[], of = scenario): Result => ({
	scenario: of,
	contender,
	runs: times.map((nodeMs) => ({ nodeMs, requests: nodeMs / 10 }) as Run),
});

const results = [buildResult(ours, [90, 30, 60]), buildResult(baseline, [100, 200, 120])];

test.each([
	[[3], 3],
	[[30, 1, 2], 2],
	[[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
	expect(median(values)).toBe(expected);
});

test.each([
	[50, 5],
	[95, 10],
	[1, 1],
	[0, 1],
	[100, 10],
])('the percentile %d of 1 to 10 is %d', (rank, expected) => {
	expect(percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], rank)).toBe(expected);
});

test('a metric of several runs is their median or maximum', () => {
	expect([getMedian(results[0], 'nodeMs'), getMax(results[0], 'requests')]).toEqual([60, 9]);
});

test('the time ratio compares medians of the same scenario', () => {
	const slow = buildResult(baseline, [1], { ...scenario, title: 'Limited' });
	expect(getTimeRatio(results[0], [slow, ...results], baseline)).toBe(0.5);
});

test.each([
	[0.5, true],
	[0.49, false],
])('a goal of %d × the time of the baseline is reached: %j', (limit, reached) => {
	expect(createTimeGoal('Sync Asset', limit, results[0], results, baseline)).toEqual({
		description: `Sync Asset: at most ${limit} × the time of HTTP Request`,
		measured: '0.50 ×',
		reached,
	});
});

test('a goal without a result is neither reached nor missed', () => {
	expect(createTimeGoal('Sync Asset', 1, undefined, results, baseline)).toEqual({
		description: 'Sync Asset: at most 1 × the time of HTTP Request',
		measured: 'not measured',
	});
});

test('a section of the report has its goals, and a table for each scenario', () => {
	const comparison = {
		...{ name: 'get', title: 'Get', notes: ['How it is measured.'], baseline },
		columns: [
			{ title: 'node', isText: true, cell: ({ contender }: Result) => contender.name },
			{ title: 'time', cell: (result: Result) => String(getMedian(result, 'nodeMs')) },
		],
		goals: () => [
			{ description: 'fast', measured: '1 s', reached: true },
			{ description: 'small', measured: '1 GB', reached: false },
			{ description: 'new', measured: 'not measured' },
		],
	} as unknown as Comparison;
	const [section] = createSections('n8n 1', [{ comparison, results }], []);
	expect(section.title).toBe('Get');
	expect(section.text.replace(/\d{4}-\d{2}-\d{2}/, '2026-01-01').split('\n\n')).toEqual([
		'How it is measured.',
		'Measured on 2026-01-01 with n8n 1.',
		'### Goals',
		[
			'| goal | measured | reached |',
			'| --- | --- | --- |',
			'| fast | 1 s | yes |',
			'| small | 1 GB | **no** |',
			'| new | not measured |  |',
		].join('\n'),
		'### No limit',
		'3 runs per node.',
		['| node | time |', '| --- | --: |', '| Sync Asset | 60 |', '| HTTP Request | 120 |'].join(
			'\n',
		),
	]);
});

test('sections that are not measured again are read from the report', () => {
	const report = '# Benchmark\n\nIntroduction\n\n## Get\n\n### No limit\n\nA\n\n## Upload\n\nB\n';
	expect(readSections(report)).toEqual([
		{ title: 'Get', text: '### No limit\n\nA' },
		{ title: 'Upload', text: 'B' },
	]);
});
