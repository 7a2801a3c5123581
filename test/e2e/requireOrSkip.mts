import { findChromium, NO_CHROMIUM } from '../../n8n/chromium.mts';
import { findPostgres, NO_POSTGRES } from '../../n8n/postgres.mts';
import { printLine } from '../../n8n/progress.mts';
import { findRedis, NO_REDIS } from '../../n8n/redis.mts';

/** The programs that some tests need: how to find each, and what to say if it's missing. */
const PROGRAMS = {
	chromium: [findChromium, NO_CHROMIUM],
	redis: [findRedis, NO_REDIS],
	postgres: [findPostgres, NO_POSTGRES],
} as const;

/** Whether the tests run in continuous integration, where nothing may be skipped. GitHub and others set `CI`. */
const isContinuousIntegration = ({ CI = '' }: NodeJS.ProcessEnv): boolean =>
	!['', '0', 'false'].includes(CI);

/**
 * Returns `describe`, or `describe.skip` if something is missing on this machine.
 *
 * @param tests what is skipped, e.g. `The browser test`
 * @param missing one sentence for each program that is missing
 * @throws Error in continuous integration if something is missing
 */
export function requireOrSkip(
	tests: string,
	missing: string[],
	env: NodeJS.ProcessEnv = process.env,
): jest.Describe {
	if (missing.length === 0) return describe;
	const reason = missing.join(' ');
	if (isContinuousIntegration(env)) throw new Error(`${tests} can't run. ${reason}`);
	printLine(`${tests} is skipped. ${reason}`);
	return describe.skip;
}

/** Returns `describe`, or `describe.skip`, like {@link requireOrSkip}. @param programs what the tests need */
export const requirePrograms = (
	tests: string,
	...programs: Array<keyof typeof PROGRAMS>
): jest.Describe =>
	requireOrSkip(
		tests,
		programs.flatMap((program) => {
			const [find, message] = PROGRAMS[program];
			return find() ? [] : message;
		}),
	);
