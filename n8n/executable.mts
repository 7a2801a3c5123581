import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Finds the first of several programs that is installed, and returns its path.
 *
 * @param extraFolders folders to search after those in `PATH`
 */
export function findExecutable(names: string[], extraFolders: string[] = []): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...extraFolders];
	return names
		.flatMap((name) => folders.map((folder) => path.join(folder, name)))
		.find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
