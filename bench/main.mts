import { readFile, writeFile } from 'node:fs/promises';
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
import { download, interrupted } from './files/download.mts';
import { upload } from './files/upload.mts';
import { plan } from './generation/plan.mts';
import { requests } from './generation/requests.mts';
import { suspended } from './generation/suspended.mts';
import { get } from './get/comparison.mts';
import { openLab, type Lab } from './lab.mts';
import { getByIds } from './library/getByIds.mts';
import { getMany } from './library/getMany.mts';
import { longList } from './library/longList.mts';
import { measureRound, warmUp } from './measure.mts';
import { makeReport, readSections, sectionsOf, type Finding, type Outcome } from './report.mts';
import type { Study } from './study.mts';

const COMPARISONS: Comparison[] = [get, getByIds, getMany, upload, download, interrupted];

const STUDIES: Study[] = [longList, plan, requests, suspended];

const NAMES = [...COMPARISONS, ...STUDIES].map(({ name }) => name);

/** The sections of the report and what its columns mean. */
const TITLES = [...COMPARISONS, ...STUDIES].map(({ title }) => title);
const COLUMNS = COMPARISONS.flatMap(({ columns }) => columns);

const FILE = path.join(import.meta.dirname, 'results.md');

const USAGE = `npm run bench -- [options]

  --only get,upload  only these of: ${NAMES.join(', ')}
  --items 1,100      only these numbers of items (of what does not work with files)
  --files 50,1024    only files of these sizes, in MiB (of upload and download)
  --jobs 10          only so many generations (of what works with them)
  --repeat 1         measure so often what is measured more than once
  --rate unlimited   get only without a limit; or: limited
  --write            write the sections into bench/results.md, as a run without options does`;

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
	const { comparisons, studies, choice, jobs, write } = readOptions();
	console.log('Starting n8n with this package in it …');
	const lab = await openLab();
	// Otherwise files of gigabytes would stay behind in the temporary folder.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void lab.close().finally(() => process.exit(1)));
	}
	try {
		const outcomes: Outcome[] = [];
		for (const comparison of comparisons) {
			outcomes.push({ comparison, results: await measureAll(lab, comparison, choice) });
		}
		const findings: Finding[] = [];
		for (const study of studies) {
			console.log(`\n${study.title} …`);
			findings.push({ study, ...(await study.measure(lab, jobs)) });
		}
		const sections = sectionsOf(lab.description, outcomes, findings);
		console.log(`\n${await makeReport(TITLES, COLUMNS, sections)}`);
		if (!write) return;
		const earlier = readSections(await readFile(FILE, 'utf8'));
		await writeFile(FILE, await makeReport(TITLES, COLUMNS, [...sections, ...earlier]));
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

/** What the command line asks for. */
interface Options {
	comparisons: Comparison[];
	studies: Study[];
	choice: Choice;
	/** How many generations; undefined: as many as usual. */
	jobs?: number;
	write: boolean;
}

/** @throws Error with the usage when an option is not right */
function readOptions(): Options {
	try {
		const { values } = parseArgs({
			options: {
				only: { type: 'string' },
				items: { type: 'string' },
				files: { type: 'string' },
				jobs: { type: 'string' },
				repeat: { type: 'string' },
				rate: { type: 'string' },
				write: { type: 'boolean' },
			},
		});
		const { only, items, files, jobs, repeat, rate, write } = values;
		const names = only?.split(',') ?? NAMES;
		const unknown = names.find((name) => !NAMES.includes(name));
		if (unknown !== undefined) throw new Error(`There is no comparison "${unknown}"`);
		const isChosen = ({ name }: { name: string }) => names.includes(name);
		const rates = RATES.filter((name) => rate === undefined || rate === name);
		if (rates.length === 0) throw new Error(`There is no rate "${rate}"`);
		return {
			comparisons: COMPARISONS.filter(isChosen),
			studies: STUDIES.filter(isChosen),
			choice: {
				counts: items === undefined ? [1, 100, 1000, 10_000] : items.split(',').map(count),
				fileSizes: (files?.split(',').map(count) ?? [1, 1024, 4096]).map(
					(size) => size * 1024 ** 2,
				),
				repeat: repeat === undefined ? REPEAT : count(repeat),
				rates,
			},
			jobs: jobs === undefined ? undefined : count(jobs),
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
