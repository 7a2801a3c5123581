import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { runNpm } from '../../n8n/npm.mts';
import { packageJson, ROOT } from './repository.mts';

/** The files that tell npm what to publish and how. */
const FILES = ['package.json', '.npmrc', 'README.md', 'LICENSE.md', 'index.js'];

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-sync-so-publish-'));
	for (const file of FILES) await cp(path.join(ROOT, file), path.join(folder, file));
});

afterEach(async () => {
	await rm(folder, { recursive: true });
});

test('npm publish builds dist first, although the project ignores scripts', async () => {
	expect(packageJson.scripts.prepack).toBe('gulp build');
	// There is nothing to build with, so nothing can be published.
	await expect(runNpm(['publish', '--dry-run'], { cwd: folder })).rejects.toThrow(/gulp build/);
}, 60_000);
