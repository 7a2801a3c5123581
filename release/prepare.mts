// Prepares a release: npm run release:prepare [-- VERSION]. The default is the version in package.json.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { runNpm } from '../n8n/npm.mts';
import { addRelease } from './changelog.mts';
import { readFacts } from './facts.mts';
import { ROOT } from './packPreview.mts';

const file = path.join(ROOT, 'CHANGELOG.md');
const { version: current } = await readFacts(ROOT);
const version = process.argv[2] ?? current;
try {
	const today = new Date().toISOString().slice(0, 10);
	const changelog = addRelease(await readFile(file, 'utf8'), version, today);
	if (version !== current) {
		await runNpm(['version', version, '--no-git-tag-version', '--ignore-scripts'], { cwd: ROOT });
	}
	await writeFile(file, changelog);
	console.log(
		`Prepared ${version}. Review the changes to CHANGELOG.md and package.json, and commit.`,
	);
} catch (error) {
	console.error((error as Error).message);
	process.exitCode = 1;
}
