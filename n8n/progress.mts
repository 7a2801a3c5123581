import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Seconds between two lines about the same step. */
const INTERVAL = 15;

/** Tells a person how far a long `npm ci` is, in plain lines on standard error: also readable in a CI log. */
export interface Progress {
	/** Begins a step and says so, with `more` to be said only once. */
	step(what: string, more?: string): void;
	/** Ends the telling. */
	end(): void;
}

/**
 * Starts telling the progress of an `npm ci` of the lock file in `pinned` that runs in `folder`.
 *
 * How far it is comes from the lock file: npm gives every package its place there, and fills the places bit by bit.
 */
export async function startProgress(
	title: string,
	folder: string,
	pinned: string,
): Promise<Progress> {
	const lock = JSON.parse(await readFile(path.join(pinned, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { os?: string[]; cpu?: string[] }>;
	};
	const places = Object.entries(lock.packages)
		.filter(([place, { os, cpu }]) => place !== '' && !os && !cpu)
		.map(([place]) => path.join(folder, place, 'package.json'));
	const start = Date.now();
	let step = '';
	const tell = () => {
		const there = places.filter((place) => existsSync(place)).length;
		const packages = `${there} of ${places.length} packages unpacked`;
		console.error(`${title}: ${step}, ${duration(Date.now() - start)} so far, ${packages}`);
	};
	const timer = setInterval(tell, INTERVAL * 1000);
	timer.unref();
	return {
		step(what, more) {
			step = what;
			console.error([`${title}: ${step}`, more].filter(Boolean).join(', '));
		},
		end: () => clearInterval(timer),
	};
}

function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
