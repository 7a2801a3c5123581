import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { n8nEnvironment, type Place } from './environment.mts';
import type { InstalledN8n } from './install.mts';

/** How long (ms) n8n gets to end by itself: its own limit for running executions, and a little more. */
const STOP_LIMIT = 10_000;

/** What is run, and where. */
export interface Command {
	installed: InstalledN8n;
	/** n8n's command and its options, e.g. `start`. */
	args: string[];
	place: Place;
	/** More environment variables; they override ours. */
	env: NodeJS.ProcessEnv;
	/** What it prints is added to this file. */
	logFile: string;
	/** A folder that goes with the process when the calling one is gone before `endN8n`. */
	folder?: string;
}

/** Starts a process of n8n. It ends at the latest together with the calling process, whatever ends that one. */
export async function spawnN8n(command: Command): Promise<ChildProcess> {
	const { installed, args, place, env, logFile, folder } = command;
	const guard = pathToFileURL(path.join(import.meta.dirname, 'guard.mts')).href;
	const log = await open(logFile, 'a');
	try {
		const child = spawn(installed.node, ['--import', guard, installed.n8n, ...args], {
			cwd: place.userFolder,
			env: n8nEnvironment(installed, place, env),
			stdio: ['ignore', log.fd, log.fd, 'pipe'],
			// A process group of its own: a Ctrl-C is for the starter, who ends n8n in good order.
			detached: true,
		});
		const guarded = child.stdio[3] as Writable;
		// An n8n that ends before it has read this breaks the pipe; who waits for it to be ready is told of its end.
		guarded.on('error', () => {});
		if (folder !== undefined) guarded.write(folder);
		return child;
	} finally {
		await log.close();
	}
}

/** Ends a process of n8n and what it has started, such as its task runner. */
export async function endN8n(child: ChildProcess): Promise<void> {
	if (child.pid === undefined) return;
	if (!hasEnded(child)) {
		const exit = once(child, 'exit');
		child.kill('SIGTERM');
		await Promise.race([exit, sleep(STOP_LIMIT, undefined, { ref: false })]);
	}
	killGroup(child.pid);
	if (!hasEnded(child)) await once(child, 'exit');
	child.stdio[3]?.destroy();
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
	exitCode !== null || signalCode !== null;

/** Ends what is left of a process group. */
function killGroup(leader: number): void {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(leader), '/T', '/F']);
		return;
	}
	try {
		process.kill(-leader, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
