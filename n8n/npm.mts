import { execa } from 'execa';

import { getEnd } from './log.mts';

/**
 * The settings that npm may inherit from an npm that started us: where packages come from, nothing about this project.
 */
const KEEP = /^npm_config_(registry|userconfig|globalconfig|cache|.*proxy|cafile|\/\/.*|@.*)$/;

/** What `npm run` and Jest set for this project, and what other projects must not inherit. */
const DROP = /^(npm_|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$|NODE_PATH$|JEST_)/;

/**
 * `process.env` without the variables that `npm run`, tsx and Jest set for this project (such as `ignore-scripts`), so
 * that a child process behaves the same whichever of them started us.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(env).filter(([name]) => KEEP.test(name) || !DROP.test(name)),
	);
}

/**
 * Runs npm in `cwd` and returns its standard output.
 *
 * `cwd` must contain a package.json: otherwise npm uses the nearest one above it.
 *
 * @throws Error with the end of npm's output if npm fails or isn't installed
 */
export async function runNpm(
	args: string[],
	{ cwd, env = {} }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	const result = await execa('npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier'], {
		cwd,
		env: { ...cleanEnvironment(), ...env },
		extendEnv: false,
		stdin: 'ignore',
		all: true,
		reject: false,
	});
	if (!result.failed) return result.stdout;
	throw new Error(`${result.shortMessage}\nin ${cwd}:\n${getEnd(result.all)}`, { cause: result });
}
