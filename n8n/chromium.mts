import { findProgram } from './program.mts';

/** Names under which the browser is installed. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What to do where there is no browser. */
export const NO_CHROMIUM =
	'There is no Chromium here: install one (Debian: apt install chromium), or name it in CHROMIUM_PATH';

/** The Chromium of this machine: `CHROMIUM_PATH`, or the first that is on the path. Undefined when there is none. */
export const findChromium = (): string | undefined =>
	process.env.CHROMIUM_PATH || findProgram(NAMES);
