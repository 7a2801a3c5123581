import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';

import { execa } from 'execa';

import { buildEnvironment, type Location } from './environment.mts';
import type { InstalledN8n } from './install.mts';

/** How long (ms) n8n gets to shut down: its own limit for running executions, plus a margin. */
const SHUTDOWN_TIMEOUT = 10_000;

/** The arguments of `spawnN8n`. */
export interface N8nCommand {
	installed: InstalledN8n;
	/** n8n's command and its options, e.g. `start`. */
	args: string[];
	location: Location;
	/** Additional environment variables. They override ours. */
	env: NodeJS.ProcessEnv;
	/** The file that the output is appended to. */
	logFile: string;
	/** A folder to remove if the calling process ends without `stopN8nProcess`. */
	temporaryFolder?: string;
}

/** A process of n8n. Awaiting it waits until the process ends. It never rejects. */
export type N8nProcess = ReturnType<typeof spawnN8n>;

/**
 * Spawns a process of n8n. It never outlives the calling process, even if that is killed.
 *
 * Not async, because `await` would then wait until the process ends.
 */
export function spawnN8n(command: N8nCommand) {
	const { installed, args, location, env, logFile, temporaryFolder } = command;
	const exitWithParent = pathToFileURL(path.join(import.meta.dirname, 'exitWithParent.mts')).href;
	// n8n writes to the file directly. execa's types only allow literal file descriptors.
	const log = openSync(logFile, 'a') as 3;
	try {
		const child = execa(installed.node, ['--import', exitWithParent, installed.script, ...args], {
			cwd: location.userFolder,
			env: buildEnvironment(installed, location, env),
			extendEnv: false,
			stdio: ['ignore', log, log, 'pipe'],
			buffer: false,
			reject: false,
			forceKillAfterDelay: SHUTDOWN_TIMEOUT,
			// Its own process group: Ctrl-C reaches only the parent, which then shuts n8n down.
			detached: true,
		});
		const lifeline = child.stdio[3] as Duplex;
		// The pipe breaks if n8n exits before it reads the name. `waitUntilReady` reports the exit.
		lifeline.on('error', () => {});
		if (temporaryFolder !== undefined) lifeline.write(temporaryFolder);
		return child;
	} finally {
		closeSync(log);
	}
}

/** Shuts down a process of n8n, then kills what is left of its process group, such as the task runner. */
export async function stopN8nProcess(child: N8nProcess): Promise<void> {
	if (child.pid === undefined) return;
	child.kill('SIGTERM');
	await child;
	await killProcessGroup(child.pid);
}

async function killProcessGroup(leader: number): Promise<void> {
	if (process.platform === 'win32') {
		await execa('taskkill', ['/pid', String(leader), '/T', '/F'], { reject: false });
		return;
	}
	try {
		process.kill(-leader, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
