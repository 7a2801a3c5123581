import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { formatFile } from '../docs/reference/format.mts';
import {
	RATE_LIMITS,
	type Comparison,
	type Contender,
	type Result,
	type Run,
	type ScenarioOptions,
} from './comparison.mts';
import type { Experiment } from './experiment.mts';
import { download, interrupted } from './files/download.mts';
import { upload } from './files/upload.mts';
import { formatWorkload } from './format.mts';
import { planLimit } from './generation/planLimit.mts';
import { waitingRequests } from './generation/waitingRequests.mts';
import { suspendedExecutions } from './generation/suspendedExecutions.mts';
import { get } from './get/get.mts';
import { getByIds } from './lists/getByIds.mts';
import { getMany } from './lists/getMany.mts';
import { longList } from './lists/longList.mts';
import { measureScenario, warmUp } from './measure.mts';
import {
	createReport,
	createSections,
	readSections,
	type ComparisonOutcome,
	type ExperimentOutcome,
	type Section,
} from './report.mts';
import { workers } from './queue/workers.mts';
import { startTestbed, type Testbed } from './testbed.mts';
import { trigger } from './webhooks/trigger.mts';

const COMPARISONS: Comparison[] = [get, getByIds, getMany, upload, download, interrupted];

const EXPERIMENTS: Experiment[] = [
	longList,
	planLimit,
	waitingRequests,
	suspendedExecutions,
	trigger,
	workers,
];

const NAMES = [...COMPARISONS, ...EXPERIMENTS].map(({ name }) => name);

/** The titles of the report's sections, and the columns of its tables. */
const TITLES = [...COMPARISONS, ...EXPERIMENTS].map(({ title }) => title);
const COLUMNS = COMPARISONS.flatMap(({ columns }) => columns);

const REPORT_FILE = path.join(import.meta.dirname, 'results.md');

const MIB = 1024 ** 2;

const USAGE = `npm run bench -- [options]

  --only get,upload  run only some of: ${NAMES.join(', ')}
  --items 1,100      numbers of items, for comparisons without files
  --files 50,1024    file sizes in MiB, for upload and download
  --jobs 10          number of generations or calls, for the experiments with them
  --repeat 1         runs per node
  --rate unlimited   run get only without a rate limit, or only with one: limited
  --write            write the results to bench/results.md (default without options)`;

const DEFAULT_REPETITIONS = 3;

try {
	await bench();
} catch (error) {
	console.error(
		`\nThe benchmark failed: ${error instanceof Error ? error.message : String(error)}`,
	);
	process.exitCode = 1;
}

/** Runs the benchmark and prints the report. Writes it to the file only at the end. */
async function bench(): Promise<void> {
	const { comparisons, experiments, scenarioOptions, jobs, write } = readOptions();
	console.log('Starting n8n with this package …');
	const testbed = await startTestbed();
	// Otherwise, gigabytes of files would remain in the temporary folder.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void testbed.close().finally(() => process.exit(1)));
	}
	try {
		const comparisonOutcomes: ComparisonOutcome[] = [];
		for (const comparison of comparisons) {
			const results = await runComparison(testbed, comparison, scenarioOptions);
			comparisonOutcomes.push({ comparison, results });
		}
		const experimentOutcomes: ExperimentOutcome[] = [];
		for (const experiment of experiments) {
			console.log(`\n${experiment.title} …`);
			experimentOutcomes.push({ experiment, ...(await experiment.run(testbed, jobs)) });
		}
		const sections = createSections(testbed.description, comparisonOutcomes, experimentOutcomes);
		const formatReport = async (all: Section[]) =>
			await formatFile(createReport(TITLES, COLUMNS, all), REPORT_FILE);
		console.log(`\n${await formatReport(sections)}`);
		if (!write) return;
		const previousSections = readSections(await readFile(REPORT_FILE, 'utf8'));
		await writeFile(REPORT_FILE, await formatReport([...sections, ...previousSections]));
	} finally {
		await testbed.close();
	}
}

async function runComparison(
	testbed: Testbed,
	comparison: Comparison,
	options: ScenarioOptions,
): Promise<Result[]> {
	console.log(`\n${comparison.title}\nWarming up …`);
	await warmUp(testbed, comparison);
	const results: Result[] = [];
	for (const scenario of comparison.scenarios(options)) {
		console.log(`\n${scenario.title}, ${formatWorkload(scenario)}`);
		results.push(...(await measureScenario(testbed, comparison, scenario, printRun)));
	}
	return results;
}

/** Shows progress, because the report may be an hour away. */
function printRun({ name }: Contender, { nodeMs, memoryGrowth }: Run): void {
	const time = (nodeMs / 1000).toFixed(3).padStart(10);
	const growth = String(Math.round(memoryGrowth / MIB)).padStart(6);
	console.log(`${time} s ${growth} MiB growth  ${name}`);
}

/** The command line options. */
interface Options {
	comparisons: Comparison[];
	experiments: Experiment[];
	scenarioOptions: ScenarioOptions;
	/** The number of generations or calls. Undefined for the default of each experiment. */
	jobs?: number;
	write: boolean;
}

/** @throws Error with the usage if an option is invalid */
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
		if (unknown !== undefined) throw new Error(`Unknown name for --only: ${unknown}`);
		const isSelected = ({ name }: { name: string }) => names.includes(name);
		const rateLimits = RATE_LIMITS.filter((name) => rate === undefined || rate === name);
		if (rateLimits.length === 0) throw new Error(`Unknown value for --rate: ${rate}`);
		return {
			comparisons: COMPARISONS.filter(isSelected),
			experiments: EXPERIMENTS.filter(isSelected),
			scenarioOptions: {
				itemCounts: items?.split(',').map(parseCount) ?? [1, 100, 1000, 10_000],
				fileSizes: (files?.split(',').map(parseCount) ?? [1, 1024, 4096]).map((size) => size * MIB),
				repetitions: repeat === undefined ? DEFAULT_REPETITIONS : parseCount(repeat),
				rateLimits,
			},
			jobs: jobs === undefined ? undefined : parseCount(jobs),
			write: write ?? Object.keys(values).length === 0,
		};
	} catch (error) {
		throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
	}
}

function parseCount(text: string): number {
	if (/^[1-9]\d*$/.test(text)) return Number(text);
	throw new Error(`Not a positive integer: ${text}`);
}
