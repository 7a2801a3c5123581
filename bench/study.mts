import type { Column } from './columns.mts';
import type { Goal } from './comparison.mts';
import type { Lab } from './lab.mts';

/** A table of the report. */
export interface Table {
	title: string;
	columns: Array<Pick<Column, 'title' | 'isText'>>;
	rows: string[][];
}

/** What a study found. */
export interface Findings {
	goals: Goal[];
	tables: Table[];
}

/** What is measured in a way of its own, because it is not about nodes that do the same with many assets. */
export interface Study {
	/** As the command line calls it. */
	name: string;
	title: string;
	/** What was measured how: one paragraph each. */
	notes: string[];
	/**
	 * Measures, each figure once.
	 *
	 * @param jobs how many generations, where not as many as usual
	 * @throws Error when a run gives no figures
	 */
	measure: (lab: Lab, jobs?: number) => Promise<Findings>;
}
