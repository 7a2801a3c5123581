import spawn from 'cross-spawn';

/** How many of npm's last words an error repeats. */
const TAIL_LINES = 30;

/** What a child npm may know of the npm that started us: where packages come from, and nothing about this project. */
const KEEP = /^npm_config_(registry|userconfig|globalconfig|cache|.*proxy|cafile|\/\/.*|@.*)$/;

/** The variables a foreign project must not inherit: `npm run` and jest export this project's settings by them. */
const DROP = /^(npm_|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$|NODE_PATH$|JEST_)/;

/**
 * `process.env` without what `npm run`, tsx or jest put there for this project (its `ignore-scripts`, for one), so that
 * a child behaves the same whoever started it.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(env).filter(([name]) => KEEP.test(name) || !DROP.test(name)),
	);
}

/**
 * Runs npm in `cwd` and gives what it printed on standard output.
 *
 * `cwd` must hold a package.json: otherwise npm takes the nearest one above it.
 *
 * @throws Error with the end of npm's output when npm fails or is not there.
 */
export async function runNpm(
	args: string[],
	{ cwd, env = {} }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	const child = spawn('npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier'], {
		cwd,
		env: { ...cleanEnvironment(), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	let output = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		stdout += chunk.toString();
		output += chunk.toString();
	});
	child.stderr?.on('data', (chunk: Buffer) => {
		output += chunk.toString();
	});
	const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (status, signal) => resolve(signal ?? status));
	});
	if (code !== 0) {
		const tail = output.trim().split('\n').slice(-TAIL_LINES).join('\n');
		throw new Error(`npm ${args.join(' ')} failed (${code}) in ${cwd}:\n${tail}`);
	}
	return stdout;
}
