import { existsSync } from 'node:fs';
import path from 'node:path';

import { runNpm } from '../n8n/npm.mts';

/** The root of the repository. */
export const ROOT = path.dirname(import.meta.dirname);

/** What npm would publish. */
export interface PackPreview {
	/** The size of the tarball in bytes. */
	size: number;
	/** Paths from the root of the repository. */
	files: string[];
}

/**
 * Lists what npm would publish of the built package, without packing it.
 *
 * @throws Error if the package is not built
 */
export async function previewPack(): Promise<PackPreview> {
	if (!existsSync(path.join(ROOT, 'dist'))) {
		throw new Error('There is no dist/: run `npm run build` first');
	}
	const output = await runNpm(['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT });
	const [{ size, files }] = JSON.parse(output) as Array<{
		size: number;
		files: Array<{ path: string }>;
	}>;
	return { size, files: files.map((file) => file.path) };
}
