import { items } from '../../n8n/execution.mts';
import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, node } from '../../n8n/workflow.mts';
import { number } from '../figures.mts';
import { httpRequest } from '../nodes.mts';
import type { Study } from '../study.mts';
import { create, createByHttpRequest, jobSource, prepare, run } from './jobs.mts';

const JOBS = 10;

/** How long the jobs take, in ms. */
const LENGTHS_MS = [10_000, 30_000];

/** So many at once that nothing is refused. */
const CONCURRENCY = 15;

/** What comes out for each job that is done, by either way. */
const DONE = 'Done';

const done = node(DONE, 'n8n-nodes-base.noOp', 1);

const ours = (jobs: number): WorkflowJson =>
	chain('Sync Generation: Create', [...jobSource(jobs), create('inNode'), done]);

/** What a user would build instead: it asks every two seconds for each job that is not done yet. */
function loop(jobs: number, url: string): WorkflowJson {
	const workflow = chain('Wait + HTTP Request + IF', [
		...jobSource(jobs),
		createByHttpRequest(url),
		node('Wait', 'n8n-nodes-base.wait', 1.1, { parameters: { amount: 2, unit: 'seconds' } }),
		httpRequest('State', { url: `=${url}/v2/generate/{{ $json.id }}` }),
		node('Is It Done', 'n8n-nodes-base.if', 2.2, {
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
	const again = [{ node: 'Wait', type: 'main' as const, index: 0 }];
	return {
		...workflow,
		connections: { ...workflow.connections, 'Is It Done': { main: [...main, again] } },
	};
}

/** What the API is asked while jobs are on their way. */
export const requests: Study = {
	name: 'generationRequests',
	title: 'Waiting in the node: requests for each job',
	notes: [
		`All jobs are asked for at once and fit into the plan (${CONCURRENCY} at once). Create has _Wait Until Finished_. The loop is what a user would build instead: HTTP Request asks for the jobs, and then Wait (2 s, which n8n keeps in memory), HTTP Request for the state, and IF, which sends back to Wait what is not done.`,
	],
	measure: async (lab, jobs = JOBS) => {
		const rows: string[][] = [];
		for (const length of LENGTHS_MS) {
			for (const workflow of [ours(jobs), loop(jobs, lab.sandbox.url)]) {
				await prepare(lab, length, CONCURRENCY);
				const { execution, totals } = await run(lab, workflow);
				const ended = items(execution, DONE).length;
				if (ended !== jobs) throw new Error(`${workflow.name}: ${ended} jobs are done`);
				const { startedAt, stoppedAt } = execution;
				const took = Date.parse(stoppedAt as string) - Date.parse(startedAt as string);
				rows.push([
					number(length / 1000),
					workflow.name,
					number(totals.count),
					(totals.count / jobs).toFixed(1),
					(took / 1000).toFixed(1),
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
						{ title: 'requests a job' },
						{ title: 'workflow (s)' },
					],
					rows,
				},
			],
		};
	},
};
