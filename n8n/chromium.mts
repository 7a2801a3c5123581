import { findExecutable } from './executable.mts';

/** The names of the executable in different distributions. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The error if Chromium isn't installed. */
export const NO_CHROMIUM =
	'Chromium is not installed. Install it (Debian: apt install chromium) or set CHROMIUM_PATH.';

/** Returns the path of Chromium: `CHROMIUM_PATH`, or the first one in `PATH`. Undefined if it isn't installed. */
export const findChromium = (): string | undefined =>
	process.env.CHROMIUM_PATH || findExecutable(NAMES);
