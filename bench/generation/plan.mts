import type { INode } from 'n8n-workflow';

import { items } from '../../n8n/execution.mts';
import { chain } from '../../n8n/workflow.mts';
import { number } from '../figures.mts';
import type { Lab } from '../lab.mts';
import type { Study } from '../study.mts';
import { create, createByHttpRequest, jobSource, prepare, run } from './jobs.mts';

const JOBS = 50;

/** How long each job takes, in ms. */
const LENGTH_MS = 2000;

/** What plans allow at once. */
const CONCURRENCIES = [3, 6, 15];

/** The most that Create may take of the time that the plan needs. */
const MOST = 1.15;

const ON_ERROR = { onError: 'continueErrorOutput' } as const;

const NODES: Array<{ name: string; isOurs: boolean; node: (url: string) => INode }> = [
	{ name: 'Sync Generation: Create', isOurs: true, node: () => create('inNode', ON_ERROR) },
	{ name: 'HTTP Request', isOurs: false, node: (url) => createByHttpRequest(url, ON_ERROR) },
];

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** More jobs than the plan allows at once, in one node. */
export const plan: Study = {
	name: 'generationPlan',
	title: 'Create: more jobs than the plan allows at once',
	notes: [
		`${JOBS} jobs of ${LENGTH_MS / 1000} s are items of one node. Create has _Wait Until Finished_; HTTP Request sends the same POST /v2/generate without Retry On Fail, and does not wait for the end of a job: its time is that of asking. What the plan refuses, it puts out as failed. The API waits 50 ms before each answer, and has no limit for generations in a minute.`,
		'The least that a plan needs is that of whole rounds: ⌈jobs / concurrency⌉ × the length of a job, which the goal is set at. Jobs × length / concurrency, shown beside it, is less where the last round is not full: for 50 jobs and 15 at once no node can get below 1.20 times that.',
	],
	measure: async (lab, jobs = JOBS) => {
		const measured = [];
		for (const concurrency of CONCURRENCIES) {
			for (const subject of NODES) {
				measured.push({
					concurrency,
					...subject,
					...(await measure(lab, jobs, concurrency, subject)),
				});
			}
		}
		return {
			goals: measured
				.filter(({ isOurs }) => isOurs)
				.map(({ name, concurrency, least, nodeMs, failed }) => ({
					what: `${name}, ${jobs} jobs, ${concurrency} at once: no failed item, at most ${MOST} × the time of whole rounds`,
					measured: `${(nodeMs / least).toFixed(2)} ×, ${failed} failed`,
					reached: failed === 0 && nodeMs <= MOST * least,
				})),
			tables: [
				{
					title: `${jobs} jobs of ${LENGTH_MS / 1000} s`,
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
						({ concurrency, name, isOurs, least, nodeMs, requests, refused, failed }) => [
							number(concurrency),
							name,
							seconds(nodeMs),
							seconds(least),
							isOurs ? (nodeMs / least).toFixed(2) : '–',
							isOurs ? ((nodeMs * concurrency) / (jobs * LENGTH_MS)).toFixed(2) : '–',
							number(requests),
							number(refused),
							number(failed),
						],
					),
				},
			],
		};
	},
};

async function measure(
	lab: Lab,
	jobs: number,
	concurrency: number,
	subject: (typeof NODES)[number],
) {
	await prepare(lab, LENGTH_MS, concurrency);
	const node = subject.node(lab.sandbox.url);
	const { execution, totals } = await run(lab, chain(subject.name, [...jobSource(jobs), node]));
	return {
		least: Math.ceil(jobs / concurrency) * LENGTH_MS,
		nodeMs: execution.data.resultData.runData[node.name][0].executionTime,
		requests: totals.count,
		refused: totals.byStatus[429] ?? 0,
		failed: items(execution, node.name, 1).length,
	};
}
