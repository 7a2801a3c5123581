import type { INode } from 'n8n-workflow';

import { getItems } from '../../n8n/execution.mts';
import { chainNodes } from '../../n8n/workflow.mts';
import type { Experiment } from '../experiment.mts';
import { formatNumber } from '../format.mts';
import type { Testbed } from '../testbed.mts';
import { buildCreate, buildCreateByHttpRequest, buildJobSource, resetApi, run } from './common.mts';

const JOBS = 50;

/** The duration of each job. */
const JOB_MS = 2000;

/** The concurrency limits of different plans. */
const CONCURRENCIES = [3, 6, 15];

/** The maximum time of Create as a multiple of the minimum that the plan allows. */
const MAX_TIME_RATIO = 1.15;

const ON_ERROR = { onError: 'continueErrorOutput' } as const;

const CONTENDERS: Array<{ name: string; isOurs: boolean; node: (url: string) => INode }> = [
	{ name: 'Sync Generation: Create', isOurs: true, node: () => buildCreate('inNode', ON_ERROR) },
	{ name: 'HTTP Request', isOurs: false, node: (url) => buildCreateByHttpRequest(url, ON_ERROR) },
];

const formatSeconds = (ms: number) => (ms / 1000).toFixed(2);

/** Creates more generations in one node than the plan allows at the same time. */
export const planLimit: Experiment = {
	name: 'planLimit',
	title: 'Create: more jobs than the plan allows at once',
	notes: [
		`One node gets ${JOBS} jobs of ${JOB_MS / 1000} s as items. Create uses _Wait Until Finished_. HTTP Request sends the same request (POST /v2/generate) without Retry On Fail and does not wait for the jobs to finish, so its time is only that of the requests. Jobs over the limit of the plan become failed items. The API has a latency of 50 ms and no rate limit.`,
		'The minimum time is that of whole rounds: ⌈jobs / concurrency⌉ × the length of a job. The goal refers to it. The last column compares with jobs × length / concurrency, which is less if the last round is not full: for 50 jobs and a concurrency of 15, the best possible ratio is 1.20.',
	],
	run: async (testbed, jobs = JOBS) => {
		const measured = [];
		for (const concurrency of CONCURRENCIES) {
			for (const contender of CONTENDERS) {
				measured.push({
					concurrency,
					...contender,
					...(await measure(testbed, jobs, concurrency, contender)),
				});
			}
		}
		return {
			goals: measured
				.filter(({ isOurs }) => isOurs)
				.map(({ name, concurrency, minimumMs, nodeMs, failed }) => ({
					description: `${name}, ${jobs} jobs, ${concurrency} at once: no failed item, at most ${MAX_TIME_RATIO} × the time of whole rounds`,
					measured: `${(nodeMs / minimumMs).toFixed(2)} ×, ${failed} failed`,
					reached: failed === 0 && nodeMs <= MAX_TIME_RATIO * minimumMs,
				})),
			tables: [
				{
					title: `${jobs} jobs of ${JOB_MS / 1000} s`,
					columns: [
						{ title: 'at once' },
						{ title: 'node', isText: true },
						{ title: 'time (s)' },
						{ title: 'whole rounds (s)' },
						{ title: '× whole rounds' },
						{ title: '× jobs × length / concurrency' },
						{ title: 'requests' },
						{ title: 'refused (429)' },
						{ title: 'failed items' },
					],
					rows: measured.map(
						({ concurrency, name, isOurs, minimumMs, nodeMs, requests, refused, failed }) => [
							formatNumber(concurrency),
							name,
							formatSeconds(nodeMs),
							formatSeconds(minimumMs),
							isOurs ? (nodeMs / minimumMs).toFixed(2) : '–',
							isOurs ? ((nodeMs * concurrency) / (jobs * JOB_MS)).toFixed(2) : '–',
							formatNumber(requests),
							formatNumber(refused),
							formatNumber(failed),
						],
					),
				},
			],
		};
	},
};

async function measure(
	testbed: Testbed,
	jobs: number,
	concurrency: number,
	contender: (typeof CONTENDERS)[number],
) {
	await resetApi(testbed, JOB_MS, concurrency);
	const node = contender.node(testbed.sandbox.url);
	const { execution, totals } = await run(
		testbed,
		chainNodes(contender.name, [...buildJobSource(jobs), node]),
	);
	return {
		minimumMs: Math.ceil(jobs / concurrency) * JOB_MS,
		nodeMs: execution.data.resultData.runData[node.name][0].executionTime,
		requests: totals.count,
		refused: totals.byStatus[429] ?? 0,
		failed: getItems(execution, node.name, 1).length,
	};
}
