import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import {
	RATES,
	type Choice,
	type Comparison,
	type Result,
	type Run,
	type Subject,
} from './comparison.mts';
import { amount } from './figures.mts';
import { download } from './files/download.mts';
import { upload } from './files/upload.mts';
import { get } from './get/comparison.mts';
import { openLab, type Lab } from './lab.mts';
import { getByIds } from './library/getByIds.mts';
import { getMany } from './library/getMany.mts';
import { measureRound, warmUp } from './measure.mts';
import { makeReport, type Outcome } from './report.mts';

const COMPARISONS: Comparison[] = [get, getByIds, getMany, upload, download];

const FILE = path.join(import.meta.dirname, 'results.md');

const USAGE = `npm run bench -- [options]

  --only get,upload  only these of: ${COMPARISONS.map(({ name }) => name).join(', ')}
  --items 1,100      only these numbers of items (of what does not work with files)
  --files 50,1024    only files of these sizes, in MiB (of upload and download)
  --repeat 1         measure so often what is measured more than once
  --rate unlimited   get only without a limit; or: limited
  --write            write bench/results.md, as a run without options does`;

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
	const { comparisons, choice, write } = readOptions();
	console.log('Starting n8n with this package in it …');
	const lab = await openLab();
	// Otherwise files of gigabytes would stay behind in the temporary folder.
	process.once('SIGINT', () => void lab.close().finally(() => process.exit(130)));
	try {
		const outcomes: Outcome[] = [];
		for (const comparison of comparisons) {
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
	console.log(`\n${comparison.title}\nWarming up …`);
	await warmUp(lab, comparison);
	const results: Result[] = [];
	for (const round of comparison.rounds(choice)) {
		console.log(`\n${round.title}, ${amount(round)}`);
		results.push(...(await measureRound(lab, comparison, round, tell)));
	}
	return results;
}

/** Says what a run gave, because a report may be an hour away. */
function tell({ name }: Subject, { nodeMs, memoryGrowth }: Run): void {
	const time = (nodeMs / 1000).toFixed(3).padStart(10);
	const growth = String(Math.round(memoryGrowth / 1024 ** 2)).padStart(6);
	console.log(`${time} s ${growth} MiB more  ${name}`);
}

/** @throws Error with the usage when an option is not right */
function readOptions(): { comparisons: Comparison[]; choice: Choice; write: boolean } {
	try {
		const { values } = parseArgs({
			options: {
				only: { type: 'string' },
				items: { type: 'string' },
				files: { type: 'string' },
				repeat: { type: 'string' },
				rate: { type: 'string' },
				write: { type: 'boolean' },
			},
		});
		const { only, items, files, repeat, rate, write } = values;
		const rates = RATES.filter((name) => rate === undefined || rate === name);
		if (rates.length === 0) throw new Error(`There is no rate "${rate}"`);
		return {
			comparisons: only === undefined ? COMPARISONS : only.split(',').map(comparisonNamed),
			choice: {
				counts: items === undefined ? [1, 100, 1000, 10_000] : items.split(',').map(count),
				fileSizes: (files?.split(',').map(count) ?? [1, 1024, 4096]).map(
					(size) => size * 1024 ** 2,
				),
				repeat: repeat === undefined ? REPEAT : count(repeat),
				rates,
			},
			write: write ?? Object.keys(values).length === 0,
		};
	} catch (error) {
		throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
	}
}

function comparisonNamed(name: string): Comparison {
	const found = COMPARISONS.find((comparison) => comparison.name === name);
	if (found) return found;
	throw new Error(`There is no comparison "${name}"`);
}

function count(text: string): number {
	if (/^[1-9]\d*$/.test(text)) return Number(text);
	throw new Error(`"${text}" is not a number from 1`);
}
