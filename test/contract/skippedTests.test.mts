import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execaSync } from 'execa';

import { expectNone } from './expectNone.mts';
import { listFiles, readText, ROOT } from './repository.mts';

test('only requireOrSkip skips tests, because it fails in continuous integration', () => {
	expectNone(
		listFiles('test')
			.filter((file) => file.endsWith('.mts') && !path.basename(file).startsWith('requireOrSkip'))
			.flatMap((file) =>
				(
					readText(file).match(
						/\b(describe|test|it)\.(skip|only|todo)\b|\bx(describe|test|it)\(/g,
					) ?? []
				).map((found) => `${file}: ${found}`),
			),
		'Use requirePrograms or requireOrSkip:',
	);
});

describe('.ci/run', () => {
	let folder: string;

	const addProgram = (name: string, script: string) => {
		const file = path.join(folder, name);
		writeFileSync(file, `#!/bin/sh\n${script}\n`);
		chmodSync(file, 0o755);
	};

	/** Runs the script with only the programs in the folder. Returns the value of `CI` in its tests. */
	const run = () => {
		const env = { PATH: folder };
		const { stdout } = execaSync('/bin/bash', [path.join(ROOT, '.ci/run')], {
			env,
			extendEnv: false,
		});
		return stdout.split('\n').at(-1);
	};

	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'ci-run-'));
		symlinkSync('/usr/bin/dirname', path.join(folder, 'dirname'));
		addProgram('id', 'echo 0');
		addProgram('npm', 'echo "CI=$CI"');
	});

	afterEach(() => rmSync(folder, { recursive: true }));

	test('fails instead of skipping tests if it cannot install what they need', () => {
		addProgram('apt-get', 'exit 1');
		expect(run()).toBe('CI=true');
	});

	test('lets tests be skipped where it has no right to install anything', () => {
		addProgram('apt-get', 'exit 1');
		addProgram('id', 'echo 1000');
		expect(run()).toBe('CI=');
	});
});
