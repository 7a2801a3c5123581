import { printLine } from '../../n8n/progress.mts';

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
