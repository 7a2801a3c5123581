import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Seconds between two progress lines. */
const INTERVAL = 15;

/** Prints a line on standard error. Not with `console`, because Jest adds a stack trace to that. */
export const printLine = (line: string): void => void process.stderr.write(`${line}\n`);

/** Reports the progress of a long `npm ci` on standard error, as plain lines that are readable in a CI log too. */
export interface Progress {
	/** Starts a step and prints it. @param details printed only once */
	step(description: string, details?: string): void;
	/** Stops printing. */
	stop(): void;
}

/**
 * Starts to report the progress of an `npm ci` in `folder`.
 *
 * The lock file lists the folders of all packages, which npm fills one by one.
 *
 * @param pinned the folder of the lock file
 */
export async function startProgress(
	title: string,
	folder: string,
	pinned: string,
): Promise<Progress> {
	const lock = JSON.parse(await readFile(path.join(pinned, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { os?: string[]; cpu?: string[] }>;
	};
	const manifests = Object.entries(lock.packages)
		.filter(([location, { os, cpu }]) => location !== '' && !os && !cpu)
		.map(([location]) => path.join(folder, location, 'package.json'));
	const start = Date.now();
	let step = '';
	const print = () => {
		const unpacked = manifests.filter((manifest) => existsSync(manifest)).length;
		const packages = `${unpacked} of ${manifests.length} packages unpacked`;
		printLine(`${title}: ${step}, ${formatDuration(Date.now() - start)} so far, ${packages}`);
	};
	const timer = setInterval(print, INTERVAL * 1000);
	timer.unref();
	return {
		step(description, details) {
			step = description;
			printLine([`${title}: ${step}`, details].filter(Boolean).join(', '));
		},
		stop: () => clearInterval(timer),
	};
}

function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
