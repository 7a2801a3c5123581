import type { Column } from './columns.mts';
import type { Goal } from './comparison.mts';
import type { Testbed } from './testbed.mts';

/** A table of the report. */
export interface Table {
	title: string;
	columns: Array<Pick<Column, 'title' | 'isText'>>;
	rows: string[][];
}

/** The result of an experiment. */
export interface Findings {
	goals: Goal[];
	tables: Table[];
}

/** A measurement that doesn't fit the scheme of a `Comparison`. */
export interface Experiment {
	/** The name on the command line. */
	name: string;
	title: string;
	/** What is measured and how. One paragraph each. */
	notes: string[];
	/**
	 * Runs the experiment.
	 *
	 * @param jobs the number of generations or calls, instead of the default
	 * @throws Error if a run fails
	 */
	run: (testbed: Testbed, jobs?: number) => Promise<Findings>;
}
