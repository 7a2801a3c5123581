import type { Column } from './columns.mts';
import type { Comparison, Goal, Result } from './comparison.mts';
import type { Experiment, Findings } from './experiment.mts';

/** A comparison that was run. */
export interface ComparisonOutcome {
	comparison: Comparison;
	results: Result[];
}

/** An experiment that was run. */
export interface ExperimentOutcome extends Findings {
	experiment: Experiment;
}

/** A section of the report, about one comparison or experiment. */
export interface Section {
	title: string;
	/** Markdown without the heading. */
	text: string;
}

/** The start of a section's heading. */
const HEADING = /^## /m;

/** Creates the sections for the comparisons and experiments. @param testbed the description of the testbed */
export function createSections(
	testbed: string,
	comparisons: ComparisonOutcome[],
	experiments: ExperimentOutcome[],
): Section[] {
	const date = new Date().toISOString().slice(0, 10);
	const createSection = (
		{ title, notes }: Comparison | Experiment,
		goals: Goal[],
		tables: string[],
	) => ({
		title,
		text: [...notes, `Measured on ${date} with ${testbed}.`, ...formatGoals(goals), ...tables].join(
			'\n\n',
		),
	});
	return [
		...comparisons.map(({ comparison, results }) =>
			createSection(comparison, comparison.goals(results), formatResults(comparison, results)),
		),
		...experiments.map(({ experiment, goals, tables }) => {
			const texts = tables.map(
				({ title, columns, rows }) => `### ${title}\n\n${formatTable(columns, rows)}`,
			);
			return createSection(experiment, goals, texts);
		}),
	];
}

/**
 * Creates the report as Markdown.
 *
 * @param titles the titles of all sections, in order. Sections that are missing are left out.
 * @param columns the columns of all tables
 */
export function createReport(titles: string[], columns: Column[], sections: Section[]): string {
	const ordered = titles.flatMap(
		(title) => sections.find((section) => section.title === title) ?? [],
	);
	return [
		'# Benchmark',
		'Measured with `npm run bench`. All nodes run in one real n8n with its default settings, except for a higher `DB_PING_TIMEOUT_MS`: when a node keeps n8n busy for five seconds, n8n would consider the database connection lost. The local Sync API (`sandbox/`) runs on the same machine, so the two share its CPUs.',
		describeColumns(columns),
		...ordered.map(({ title, text }) => `## ${title}\n\n${text}`),
	].join('\n\n');
}

/** Returns the sections of a report that `createReport` created. */
export function readSections(report: string): Section[] {
	const [, ...parts] = report.split(HEADING);
	return parts.map((part) => {
		const [title, ...lines] = part.split('\n');
		return { title, text: lines.join('\n').trim() };
	});
}

function describeColumns(columns: Column[]): string {
	return [...new Set(columns)]
		.filter(({ description }) => description !== undefined)
		.map(({ title, description }) => `- **${title}**: ${description}`)
		.join('\n');
}

/** Returns no table if there are no goals. */
function formatGoals(goals: Goal[]): string[] {
	if (goals.length === 0) return [];
	const mark = ({ reached }: Goal) => (reached === undefined ? '' : reached ? 'yes' : '**no**');
	const rows = goals.map((goal) => [goal.description, goal.measured, mark(goal)]);
	const columns = ['goal', 'measured', 'reached'].map((title) => ({ title, isText: true }));
	return [`### Goals\n\n${formatTable(columns, rows)}`];
}

/** Returns one table for each scenario title. */
function formatResults({ columns, baseline }: Comparison, results: Result[]): string[] {
	const titles = [...new Set(results.map(({ scenario }) => scenario.title))];
	return titles.map((title) => {
		const matching = results.filter(({ scenario }) => scenario.title === title);
		const rows = matching.map((result) =>
			columns.map(({ cell }) => cell(result, results, baseline)),
		);
		const { repetitions } = matching[0].scenario;
		const runs = repetitions === 1 ? 'One run per node.' : `${repetitions} runs per node.`;
		return `### ${title}\n\n${runs}\n\n${formatTable(columns, rows)}`;
	});
}

function formatTable(columns: Array<Pick<Column, 'title' | 'isText'>>, rows: string[][]): string {
	const head = columns.map(({ title }) => title);
	const rule = columns.map(({ isText }) => (isText ? '---' : '--:'));
	return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
