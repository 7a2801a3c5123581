import { existsSync } from 'node:fs';
import path from 'node:path';

import { runNpm } from './npm.mts';

const PROJECT = path.dirname(import.meta.dirname);

/**
 * Packs the built package as it would go to npm, into a folder, and gives the tarball's path.
 *
 * @throws Error when the package is not built.
 */
export async function packPackage(folder: string): Promise<string> {
	if (!existsSync(path.join(PROJECT, 'dist'))) {
		throw new Error('There is no dist/: run `npm run build` first');
	}
	const output = await runNpm(
		['pack', '--json', '--ignore-scripts', '--no-dry-run', '--pack-destination', folder],
		{ cwd: PROJECT },
	);
	const [{ filename }] = JSON.parse(output) as { filename: string }[];
	return path.join(folder, filename);
}
