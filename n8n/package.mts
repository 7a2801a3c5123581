import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { runNpm } from './npm.mts';

const PROJECT_FOLDER = path.dirname(import.meta.dirname);

/**
 * Packs this package, as built, into a folder, and returns the path of the tarball.
 *
 * @throws Error if the package isn't built
 */
export async function packPackage(folder: string): Promise<string> {
	if (!existsSync(path.join(PROJECT_FOLDER, 'dist'))) {
		throw new Error('There is no dist/ folder. Run `npm run build` first.');
	}
	const output = await runNpm(
		['pack', '--json', '--ignore-scripts', '--no-dry-run', '--pack-destination', folder],
		{ cwd: PROJECT_FOLDER },
	);
	const [{ filename }] = JSON.parse(output) as { filename: string }[];
	return path.join(folder, filename);
}

/**
 * Installs a packed node package in n8n's user folder, where n8n's GUI would install it.
 *
 * The package has no runtime dependencies, so nothing is downloaded. A running n8n has to restart to load it.
 *
 * @param tarball absolute path of the `.tgz`
 */
export async function installPackage(userFolder: string, tarball: string): Promise<void> {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const manifest = path.join(nodes, 'package.json');
	// The file that n8n itself would write. Without it, npm would install into the nearest folder above that has one.
	if (!existsSync(manifest)) {
		await writeFile(manifest, '{"name":"installed-nodes","private":true,"dependencies":{}}\n');
	}
	// If npm finds a tarball with the same path and version in a lock file, it considers it installed.
	for (const file of ['package-lock.json', path.join('node_modules', '.package-lock.json')]) {
		await rm(path.join(nodes, file), { force: true });
	}
	await runNpm(
		[
			'install',
			path.resolve(tarball),
			'--no-package-lock',
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--offline',
			'--no-dry-run',
		],
		{ cwd: nodes },
	);
}
