import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { findDisagreements } from './agreement.mts';
import { findRelease } from './changelog.mts';
import { findMissing, type LoadedFiles } from './contents.mts';
import { readFacts } from './facts.mts';
import { findPublished } from './published.mts';
import { previewPack, ROOT } from './packPreview.mts';

const { values } = parseArgs({ options: { tag: { type: 'string' } } });

const manifest = JSON.parse(
	await readFile(path.join(ROOT, 'package.json'), 'utf8'),
) as LoadedFiles & {
	name: string;
	version: string;
	description: string;
	keywords: string[];
};
const { files, size } = await previewPack();
console.log(`${manifest.name} ${manifest.version}: ${manifest.description}`);
console.log(`Keywords: ${manifest.keywords.join(', ')}`);
console.log(`npm would publish ${files.length} files in ${(size / 1000).toFixed(0)} kB:`);
for (const file of files) console.log(`  ${file}`);

const facts = await readFacts(ROOT, values.tag);
// Before there is a tag, the version may still be that of the last release.
const isPublished =
	values.tag === undefined ? undefined : await findPublished(ROOT, manifest.name, facts.version);
if (values.tag !== undefined && isPublished === undefined) {
	console.log(`npm can't be asked whether it has version ${facts.version} already`);
}
const problems = [
	...findDisagreements({ ...facts, isPublished }),
	...findMissing(manifest, files).map((file) => `The package does not contain ${file}`),
];
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) {
	process.exitCode = 1;
} else if (values.tag !== undefined) {
	console.log(`✓ ${values.tag} can be released`);
} else {
	const next = findRelease(facts.changelog, facts.version)
		? `Commit, then run \`npm run release:check -- --tag v${facts.version}\``
		: 'Run `npm run release:prepare` to give the unreleased changes a version';
	console.log(`✓ Nothing prevents a release. ${next}.`);
}
