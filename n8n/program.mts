import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * The first of some programs that is on the path, by its file. Undefined when none is.
 *
 * @param more folders to look in after those of the path
 */
export function findProgram(names: string[], more: string[] = []): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...more];
	return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(canRun);
}

function canRun(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
