// Checks that a packed package contains what n8n loads: npx tsx release/checkTarball.mts FILE.tgz
import { execa } from 'execa';

import { findMissing, type LoadedFiles } from './contents.mts';

const [, , tarball] = process.argv;
if (!tarball) throw new Error('Usage: checkTarball.mts FILE.tgz');
// npm packs everything into the folder `package`.
const { stdout: list } = await execa('tar', ['-tzf', tarball]);
const { stdout: manifest } = await execa('tar', ['-xzOf', tarball, 'package/package.json']);
const files = list.split('\n').map((file) => file.replace(/^package\//, ''));
for (const file of findMissing(JSON.parse(manifest) as LoadedFiles, files)) {
	console.error(`✗ ${tarball} does not contain ${file}`);
	process.exitCode = 1;
}
