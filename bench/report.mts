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

/** A part of the report, about one comparison or study. */
export interface Section {
	title: string;
	/** Markdown, without the heading. */
	text: string;
}

/** How each section begins that follows a heading. */
const HEADING = /^## /m;

/** Makes a section for each comparison and study. @param machine what it was measured with, in words */
export function sectionsOf(machine: string, outcomes: Outcome[], findings: Finding[]): Section[] {
	const day = new Date().toISOString().slice(0, 10);
	const section = ({ title, notes }: Comparison | Study, goals: Goal[], tables: string[]) => ({
		title,
		text: [...notes, `Measured on ${day} with ${machine}.`, ...goalTable(goals), ...tables].join(
			'\n\n',
		),
	});
	return [
		...outcomes.map(({ comparison, results }) =>
			section(comparison, comparison.goals(results), resultTables(comparison, results)),
		),
		...findings.map(({ study, goals, tables }) => {
			const texts = tables.map(
				({ title, columns, rows }) => `### ${title}\n\n${table(columns, rows)}`,
			);
			return section(study, goals, texts);
		}),
	];
}

/**
 * Makes the report, in Markdown as Prettier writes it.
 *
 * @param titles of all sections, in their order; one that is not among `sections` is left out
 * @param columns of all tables
 */
export async function makeReport(
	titles: string[],
	columns: Column[],
	sections: Section[],
): Promise<string> {
	const shown = titles.flatMap(
		(title) => sections.find((section) => section.title === title) ?? [],
	);
	const text = [
		'# Benchmark',
		'Measured by `npm run bench`, each section in one go. The nodes run in one real n8n, in its default settings (only DB_PING_TIMEOUT_MS is raised: it takes its database for lost when a node keeps it busy for five seconds), with the local Sync API (`sandbox/`) on the same machine: the two share its CPUs.',
		howToRead(columns),
		...shown.map(({ title, text }) => `## ${title}\n\n${text}`),
	].join('\n\n');
	const filepath = `${import.meta.dirname}/results.md`;
	return await format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** The sections of a report that `makeReport` made. */
export function readSections(report: string): Section[] {
	const [, ...parts] = report.split(HEADING);
	return parts.map((part) => {
		const [title, ...lines] = part.split('\n');
		return { title, text: lines.join('\n').trim() };
	});
}

/** What the columns of all tables mean. */
function howToRead(columns: Column[]): string {
	return [...new Set(columns)]
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
