import { existsSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from '../../n8n/npm.mts';
import { ROOT } from './project.mts';

/** The package that npm would publish. */
export interface Pack {
	/** The size of the tarball in bytes. */
	size: number;
	/** Paths from the project's root. */
	files: string[];
}

/**
 * Lists what npm would publish of the built package.
 *
 * @throws Error if the package is not built
 */
export async function pack(): Promise<Pack> {
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
