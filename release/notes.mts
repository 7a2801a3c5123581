// Prints the changelog of the version in package.json, for the GitHub release.
import { findRelease } from './changelog.mts';
import { readFacts } from './facts.mts';
import { ROOT } from './packPreview.mts';

const { version, changelog } = await readFacts(ROOT);
const section = findRelease(changelog, version);
if (section) {
	console.log(section.notes);
} else {
	console.error(`CHANGELOG.md has no section for ${version}`);
	process.exitCode = 1;
}
