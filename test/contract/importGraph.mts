import path from 'node:path';

import { listFiles, parseImports, readText } from './repository.mts';

/** An import in a file. Type imports count too. */
export interface Import {
	/** The file that imports, as a path from the root of the repository. */
	from: string;
	/** A package, or a file as a path from the root of the repository. */
	to: string;
}

/** Gets the imports of all files below a folder. @param extension of the files, with the dot */
export const readImports = (folder: string, extension: string): Import[] =>
	listFiles(folder)
		.filter((file) => file.endsWith(extension))
		.flatMap((from) =>
			parseImports(readText(from)).map((specifier) => ({
				from,
				to: specifier.startsWith('.')
					? path.posix.join(path.posix.dirname(from), specifier)
					: specifier,
			})),
		);

/** Describes an import in the message of a test that fails. */
export const describeImport = ({ from, to }: Import): string => `${from} imports ${to}`;

/**
 * Finds imports between folders that are not allowed.
 *
 * @param allowed the other folders that each folder may import
 * @param getFolder the folder of a file; undefined for a file that may import anything, and that no folder may import
 */
export const findDisallowed = (
	imports: Import[],
	allowed: Record<string, string[]>,
	getFolder: (file: string) => string | undefined,
): Import[] =>
	imports.filter(({ from, to }) => {
		const [folder, imported] = [getFolder(from), getFolder(to)];
		if (folder === undefined || folder === imported) return false;
		return imported === undefined || !allowed[folder]?.includes(imported);
	});

/** Converts allowed imports to a graph, for {@link findCycles}. */
export const toImports = (allowed: Record<string, string[]>): Import[] =>
	Object.entries(allowed).flatMap(([from, folders]) => folders.map((to) => ({ from, to })));

/**
 * Finds import cycles.
 *
 * @returns one cycle through each import that closes one, as a path of files whose last file is also its first
 */
export function findCycles(imports: Import[]): string[][] {
	const cycles: string[][] = [];
	const finished = new Set<string>();

	function visit(file: string, chain: string[]): void {
		const start = chain.indexOf(file);
		if (start >= 0) {
			cycles.push([...chain.slice(start), file]);
			return;
		}
		if (finished.has(file)) return;
		for (const { to } of imports.filter(({ from }) => from === file)) visit(to, [...chain, file]);
		finished.add(file);
	}

	for (const { from } of imports) visit(from, []);
	return cycles;
}
