import { parse } from 'yaml';

import { expectNone } from './expectNone.mts';
import { listFiles, readText } from './repository.mts';

interface Step {
	uses?: string;
	run?: string;
	env?: Record<string, string>;
}

interface Job {
	needs?: string | string[];
	uses?: string;
	environment?: string;
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
	steps?: Step[];
}

interface Workflow {
	permissions?: Record<string, string>;
	concurrency?: unknown;
	jobs: Record<string, Job>;
}

const FILES = listFiles('.github/workflows');
const readWorkflow = (file: string) => parse(readText(file)) as Workflow;
const { jobs } = readWorkflow('.github/workflows/publish.yml');

/** The commands and actions of a job. */
const getSteps = ({ steps = [] }: Job): string =>
	steps.map(({ uses, run }) => uses ?? run).join('\n');

/** The jobs that must succeed before a job starts. */
function getRequired(name: string): string[] {
	const needs = [jobs[name].needs ?? []].flat();
	return [...needs, ...needs.flatMap(getRequired)];
}

test('all actions are pinned to a commit, with their version', () => {
	expectNone(
		FILES.flatMap((file) =>
			readText(file)
				.split('\n')
				.filter((line) => /^\s*(- )?uses:/.test(line) && !/uses: \.\//.test(line))
				.filter((line) => !/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
				.map((line) => `${file}: ${line.trim()}`),
		),
		'A tag can be moved to other code. Use the commit of a release:',
	);
});

test.each(FILES)('%s limits its permissions, its duration and its concurrency', (file) => {
	const workflow = readWorkflow(file);
	expect(workflow.permissions).toEqual({ contents: 'read' });
	expect(workflow.concurrency).toBeDefined();
	for (const job of Object.values(workflow.jobs)) {
		expect(job.uses ?? job['timeout-minutes']).toBeDefined();
	}
});

test('only one job may publish, and only in the protected environment', () => {
	const publishers = FILES.flatMap((file) =>
		Object.entries(readWorkflow(file).jobs)
			.filter(([, { permissions = {} }]) => 'id-token' in permissions)
			.map(([name, { environment }]) => ({ file, name, environment })),
	);
	expect(publishers).toEqual([
		{ file: '.github/workflows/publish.yml', name: 'publish', environment: 'npm' },
	]);
});

test('the job that publishes runs no code of the repository or its dependencies', () => {
	expect(getSteps(jobs.publish)).not.toMatch(/checkout|npm (ci|install|run|test)|npx|node /);
});

test('the secret of the first release reaches no other job', () => {
	const withSecret = FILES.flatMap((file) =>
		Object.entries(readWorkflow(file).jobs)
			.filter(([, job]) => JSON.stringify(job).includes('secrets.'))
			.map(([name]) => name),
	);
	expect(withSecret).toEqual(['publish']);
});

test('nothing is published before all tests and the check of the release have passed', () => {
	const required = getRequired('publish');
	expect(required).toContain('ci');
	expect(jobs.ci.uses).toBe('./.github/workflows/ci.yml');
	expect(getSteps(readWorkflow('.github/workflows/ci.yml').jobs.e2e)).toContain('npm run test:e2e');
	expect(required).toContain('build');
	expect(getSteps(jobs.build)).toMatch(
		/npm test\n.*release:check -- --tag "\$GITHUB_REF_NAME"\n.*npm pack .*\n.*checkTarball/s,
	);
});

test('what is published is scanned, and gets a GitHub release', () => {
	expect(getRequired('scan')).toContain('publish');
	expect(getSteps(jobs.scan)).toContain('release/scan.mts');
	expect(getRequired('github-release')).toContain('publish');
	expect(getSteps(jobs['github-release'])).toContain('gh release create');
});

test('Dependabot groups updates, except for those to a major version', () => {
	const { updates } = parse(readText('.github/dependabot.yml')) as {
		updates: Array<{ groups: Record<string, object> }>;
	};
	for (const { groups } of updates) {
		expect(Object.values(groups)).toMatchObject([{ 'update-types': ['minor', 'patch'] }]);
	}
});
