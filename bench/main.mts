import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { RATES, type Choice, type Comparison, type Result } from './comparison.mts';
import { number } from './figures.mts';
import { get } from './get/comparison.mts';
import { openLab, type Lab } from './lab.mts';
import { measureRound, warmUp } from './measure.mts';
import { makeReport, type Outcome } from './report.mts';

const COMPARISONS: Comparison[] = [get];

const FILE = path.join(import.meta.dirname, 'results.md');

const USAGE = `npm run bench -- [options]

  --items 1,100     only these numbers of items
  --repeat 1        measure so often what is measured more than once
  --rate unlimited  only without a limit; or: limited
  --write           write bench/results.md, as a run without options does`;

/** How often what goes fast enough is measured. */
const REPEAT = 3;

try {
	await bench();
} catch (error) {
	console.error(
		`\nThe benchmark failed: ${error instanceof Error ? error.message : String(error)}`,
	);
	process.exitCode = 1;
}

/** Measures, shows the report, and writes it when all was measured. */
async function bench(): Promise<void> {
	const { choice, write } = readOptions();
	console.log('Starting n8n with this package in it …');
	const lab = await openLab();
	try {
		const outcomes: Outcome[] = [];
		for (const comparison of COMPARISONS) {
			outcomes.push({ comparison, results: await measureAll(lab, comparison, choice) });
		}
		const report = await makeReport(lab.description, outcomes);
		console.log(`\n${report}`);
		if (write) await writeFile(FILE, report);
	} finally {
		await lab.close();
	}
}

async function measureAll(lab: Lab, comparison: Comparison, choice: Choice): Promise<Result[]> {
	console.log('\nWarming up …');
	await warmUp(lab, comparison.subjects);
	const results: Result[] = [];
	for (const round of comparison.rounds(choice)) {
		console.log(`\n${round.title}, ${number(round.items)} items`);
		const measured = await measureRound(lab, round, ({ name }, { nodeMs }) =>
			console.log(`${(nodeMs / 1000).toFixed(3).padStart(10)} s  ${name}`),
		);
		results.push(...measured);
	}
	return results;
}

/** @throws Error with the usage when an option is not right */
function readOptions(): { choice: Choice; write: boolean } {
	try {
		const { values } = parseArgs({
			options: {
				items: { type: 'string' },
				repeat: { type: 'string' },
				rate: { type: 'string' },
				write: { type: 'boolean' },
			},
		});
		const { items, repeat, rate, write } = values;
		const rates = RATES.filter((name) => rate === undefined || rate === name);
		if (rates.length === 0) throw new Error(`There is no rate "${rate}"`);
		return {
			choice: {
				counts: items === undefined ? [1, 100, 1000, 10_000] : items.split(',').map(count),
				repeat: repeat === undefined ? REPEAT : count(repeat),
				rates,
			},
			write: write ?? Object.keys(values).length === 0,
		};
	} catch (error) {
		throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
	}
}

function count(text: string): number {
	if (/^[1-9]\d*$/.test(text)) return Number(text);
	throw new Error(`"${text}" is not a number from 1`);
}
