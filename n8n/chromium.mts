import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Names under which the browser is installed. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What to do where there is no browser. */
export const NO_CHROMIUM =
	'There is no Chromium here: install one (Debian: apt install chromium), or name it in CHROMIUM_PATH';

/** The Chromium of this machine: `CHROMIUM_PATH`, or the first that is on the path. Undefined when there is none. */
export function findChromium(): string | undefined {
	const { CHROMIUM_PATH, PATH = '' } = process.env;
	if (CHROMIUM_PATH) return CHROMIUM_PATH;
	const folders = PATH.split(path.delimiter);
	return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(canRun);
}

function canRun(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
