import { format, resolveConfig } from 'prettier';

import type { Comparison, Goal, Result, Subject } from './comparison.mts';
import { figures, median, most, number, ratio } from './figures.mts';

/** A comparison and what it gave. */
export interface Outcome {
	comparison: Comparison;
	results: Result[];
}

const COLUMNS = [
	'items',
	'node',
	'time (s)',
	'fastest – slowest (s)',
	'× baseline',
	'workflow (s)',
	'requests',
	'refused (429)',
	'peak in flight',
	'failed items',
	'peak memory (MB)',
];

/** Makes the report, in Markdown as Prettier writes it. @param machine what it was measured with, in words */
export async function makeReport(machine: string, outcomes: Outcome[]): Promise<string> {
	const text = [
		'# Benchmark',
		`Measured on ${new Date().toISOString().slice(0, 10)} by \`npm run bench\`: ${machine}. The nodes run in one real n8n, in its default settings, with the local Sync API (\`sandbox/\`) on the same machine: the two share its CPUs.`,
		howToRead,
		...outcomes.flatMap(({ comparison, results }) => [
			`## ${comparison.title}`,
			...comparison.notes,
			goalTable(comparison.goals(results)),
			...resultTables(comparison.baseline, results),
		]),
	].join('\n\n');
	const filepath = `${import.meta.dirname}/results.md`;
	return await format(text, { ...(await resolveConfig(filepath)), filepath });
}

const howToRead = [
	"- **time**: of the node alone, from n8n's own run data; the median where it was measured more than once. The nodes take turns, every other time in the opposite order, after a warm-up.",
	'- **× baseline**: that time as a multiple of the time of the node marked in the table.',
	'- **workflow**: the whole execution, including the making of the items; the median.',
	'- **requests**, **refused**, **peak in flight**: as the API saw them; the most of any run.',
	'- **failed items**: on the error output although the API did not say 404; the most of any run.',
	"- **peak memory**: the most that n8n's main process held during the run; the median.",
].join('\n');

function goalTable(goals: Goal[]): string {
	const mark = ({ reached }: Goal) => (reached === undefined ? '' : reached ? 'yes' : '**no**');
	const rows = goals.map((goal) => [goal.what, goal.measured, mark(goal)]);
	return `### Goals\n\n${table(['goal', 'measured', 'reached'], rows, 3)}`;
}

/** One table for each title. */
function resultTables(baseline: Subject, results: Result[]): string[] {
	const titles = [...new Set(results.map(({ round }) => round.title))];
	return titles.map((title) => {
		const shown = results.filter(({ round }) => round.title === title);
		const rows = shown.map((result) => row(result, results, baseline));
		const { repeat } = shown[0].round;
		const times = repeat === 1 ? 'Each node once.' : `Each node ${repeat} times.`;
		return `### ${title}\n\n${times}\n\n${table(COLUMNS, rows, 2)}`;
	});
}

function row(result: Result, results: Result[], baseline: Subject): string[] {
	const { round, subject } = result;
	const times = figures(result, 'nodeMs');
	const isBaseline = subject === baseline;
	return [
		number(round.items),
		isBaseline ? `_${subject.name} (baseline)_` : subject.name,
		seconds(median(times)),
		`${seconds(Math.min(...times))} – ${seconds(Math.max(...times))}`,
		ratio(result, results, baseline).toFixed(2),
		seconds(median(figures(result, 'workflowMs'))),
		number(most(result, 'requests')),
		number(most(result, 'refused')),
		number(most(result, 'peakInFlight')),
		number(most(result, 'failedItems')),
		number(Math.round(median(figures(result, 'peakMemory')) / 1e6)),
	];
}

const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 3 : 1);

/** A Markdown table. @param texts how many of the columns, from the left, are texts; the others are numbers */
function table(columns: string[], rows: string[][], texts: number): string {
	const rule = columns.map((_, index) => (index < texts ? '---' : '--:'));
	return [columns, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
