import { format, resolveConfig } from 'prettier';

import type { Column } from './columns.mts';
import type { Comparison, Goal, Result } from './comparison.mts';
import type { Findings, Study } from './study.mts';

/** A comparison and what it gave. */
export interface Outcome {
	comparison: Comparison;
	results: Result[];
}

/** A study and what it found. */
export interface Finding extends Findings {
	study: Study;
}

/** Makes the report, in Markdown as Prettier writes it. @param machine what it was measured with, in words */
export async function makeReport(
	machine: string,
	outcomes: Outcome[],
	findings: Finding[],
): Promise<string> {
	const text = [
		'# Benchmark',
		`Measured on ${new Date().toISOString().slice(0, 10)} by \`npm run bench\`: ${machine}. The nodes run in one real n8n, in its default settings (only DB_PING_TIMEOUT_MS is raised: it takes its database for lost when a node keeps it busy for five seconds), with the local Sync API (\`sandbox/\`) on the same machine: the two share its CPUs.`,
		howToRead(outcomes),
		...outcomes.flatMap(({ comparison, results }) => [
			`## ${comparison.title}`,
			...comparison.notes,
			...goalTable(comparison.goals(results)),
			...resultTables(comparison, results),
		]),
		...findings.flatMap(({ study, goals, tables }) => [
			`## ${study.title}`,
			...study.notes,
			...goalTable(goals),
			...tables.map(({ title, columns, rows }) => `### ${title}\n\n${table(columns, rows)}`),
		]),
	].join('\n\n');
	const filepath = `${import.meta.dirname}/results.md`;
	return await format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** What the columns of all tables mean. */
function howToRead(outcomes: Outcome[]): string {
	const columns = new Set(outcomes.flatMap(({ comparison }) => comparison.columns));
	return [...columns]
		.filter(({ meaning }) => meaning !== undefined)
		.map(({ title, meaning }) => `- **${title}**: ${meaning}`)
		.join('\n');
}

/** No table where no goal is set. */
function goalTable(goals: Goal[]): string[] {
	if (goals.length === 0) return [];
	const mark = ({ reached }: Goal) => (reached === undefined ? '' : reached ? 'yes' : '**no**');
	const rows = goals.map((goal) => [goal.what, goal.measured, mark(goal)]);
	const columns = ['goal', 'measured', 'reached'];
	return [`### Goals\n\n${table(columns.map(textColumn), rows)}`];
}

/** One table for each title. */
function resultTables({ columns, baseline }: Comparison, results: Result[]): string[] {
	const titles = [...new Set(results.map(({ round }) => round.title))];
	return titles.map((title) => {
		const shown = results.filter(({ round }) => round.title === title);
		const rows = shown.map((result) => columns.map(({ cell }) => cell(result, results, baseline)));
		const { repeat } = shown[0].round;
		const times = repeat === 1 ? 'Each node once.' : `Each node ${repeat} times.`;
		return `### ${title}\n\n${times}\n\n${table(columns, rows)}`;
	});
}

const textColumn = (title: string) => ({ title, isText: true });

/** A Markdown table. */
function table(columns: Array<Pick<Column, 'title' | 'isText'>>, rows: string[][]): string {
	const head = columns.map(({ title }) => title);
	const rule = columns.map(({ isText }) => (isText ? '---' : '--:'));
	return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
