import type { WorkflowJson } from '../../n8n/client.mts';
import { getDuration, getItems } from '../../n8n/execution.mts';
import { buildNode, chainNodes } from '../../n8n/workflow.mts';
import type { Experiment } from '../experiment.mts';
import { formatNumber } from '../format.mts';
import { buildHttpRequest } from '../nodes.mts';
import { buildCreate, buildCreateByHttpRequest, buildJobSource, resetApi, run } from './common.mts';

const JOBS = 10;

/** The durations of the jobs to measure. */
const JOB_DURATIONS_MS = [10_000, 30_000];

/** High enough that no job is refused. */
const CONCURRENCY = 15;

/** The name of the last node, which gets one item for each finished job. */
const DONE = 'Done';

const done = buildNode(DONE, 'n8n-nodes-base.noOp', 1);

const createOurs = (jobs: number): WorkflowJson =>
	chainNodes('Sync Generation: Create', [...buildJobSource(jobs), buildCreate('inNode'), done]);

/** The alternative for a user: polls all unfinished jobs every two seconds. */
function createPollingLoop(jobs: number, url: string): WorkflowJson {
	const workflow = chainNodes('Wait + HTTP Request + IF', [
		...buildJobSource(jobs),
		buildCreateByHttpRequest(url),
		buildNode('Wait', 'n8n-nodes-base.wait', 1.1, { parameters: { amount: 2, unit: 'seconds' } }),
		buildHttpRequest('State', { url: `=${url}/v2/generate/{{ $json.id }}` }),
		buildNode('Is It Done', 'n8n-nodes-base.if', 2.2, {
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					combinator: 'and',
					conditions: [
						{
							id: 'done',
							leftValue: '={{ $json.status }}',
							rightValue: 'COMPLETED',
							operator: { type: 'string', operation: 'equals' },
						},
					],
				},
				options: {},
			},
		}),
		done,
	]);
	const { main } = workflow.connections['Is It Done'];
	const backToWait = [{ node: 'Wait', type: 'main' as const, index: 0 }];
	return {
		...workflow,
		connections: { ...workflow.connections, 'Is It Done': { main: [...main, backToWait] } },
	};
}

/** Counts the requests that waiting for generations takes. */
export const waitingRequests: Experiment = {
	name: 'waitingRequests',
	title: 'Waiting in the node: requests for each job',
	notes: [
		`All jobs start at the same time, within the limit of the plan (${CONCURRENCY}). Create uses _Wait Until Finished_. The loop is the alternative for a user: HTTP Request creates the jobs. Then Wait (2 s, in memory), HTTP Request for the status, and IF repeat until all jobs are finished.`,
	],
	run: async (testbed, jobs = JOBS) => {
		const rows: string[][] = [];
		for (const jobMs of JOB_DURATIONS_MS) {
			for (const workflow of [createOurs(jobs), createPollingLoop(jobs, testbed.sandbox.url)]) {
				await resetApi(testbed, jobMs, CONCURRENCY);
				const { execution, totals } = await run(testbed, workflow);
				const finished = getItems(execution, DONE).length;
				if (finished !== jobs) throw new Error(`${workflow.name}: only ${finished} jobs finished`);
				rows.push([
					formatNumber(jobMs / 1000),
					workflow.name,
					formatNumber(totals.count),
					(totals.count / jobs).toFixed(1),
					(getDuration(execution) / 1000).toFixed(1),
				]);
			}
		}
		return {
			goals: [],
			tables: [
				{
					title: `${jobs} jobs`,
					columns: [
						{ title: 'length (s)' },
						{ title: 'nodes', isText: true },
						{ title: 'requests' },
						{ title: 'requests per job' },
						{ title: 'workflow (s)' },
					],
					rows,
				},
			],
		};
	},
};
