import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { Location } from './environment.mts';
import { installN8n, type InstalledN8n, type N8nVersion } from './install.mts';
import { readMemory, resetPeakMemory, type Memory } from './memory.mts';
import { installPackage, packPackage } from './package.mts';
import { findFreePorts } from './ports.mts';
import { spawnN8n, stopN8nProcess, type N8nProcess } from './process.mts';
import { waitUntilReady } from './readiness.mts';

/** The options of `startN8n`. */
export interface StartOptions {
	version: N8nVersion;
	/** Default: a free port. */
	port?: number;
	/** The folder for n8n's data, which `stop` keeps. Default: a temporary folder. */
	userFolder?: string;
	/** Additional environment variables for n8n. They override ours. */
	env?: NodeJS.ProcessEnv;
}

/**
 * Starts a real n8n on 127.0.0.1 with this package installed, as built, and waits until it is ready.
 *
 * n8n never outlives the calling process, even if that process is killed. If this version of n8n isn't installed on
 * this machine yet, installs it first.
 *
 * @throws Error if the package isn't built, or with the end of n8n's log if it doesn't start
 */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const installed = await installN8n(options.version);
	const isTemporary = options.userFolder === undefined;
	// n8n compares paths, and on macOS the temporary folder is behind a symbolic link.
	const userFolder = isTemporary
		? await realpath(await mkdtemp(path.join(os.tmpdir(), 'n8n-')))
		: path.resolve(options.userFolder as string);
	try {
		await mkdir(userFolder, { recursive: true });
		await installPackage(userFolder, await packPackage(userFolder));
		const [port, brokerPort] = await findFreePorts(2);
		const location = { port: options.port ?? port, brokerPort, userFolder };
		const n8n = new RunningN8n(installed, location, isTemporary, options.env);
		await n8n.start();
		return n8n;
	} catch (error) {
		if (isTemporary) await rm(userFolder, { recursive: true, force: true });
		throw error;
	}
}

/** An n8n that `startN8n` started. */
export class RunningN8n {
	/** The base URL of the editor, the REST API and the webhooks, without a trailing slash. */
	readonly url: string;

	readonly version: N8nVersion;

	readonly port: number;

	/** The value of `N8N_USER_FOLDER`. The data is in its subfolder `.n8n`. */
	readonly userFolder: string;

	/** The file that n8n's output is appended to. */
	readonly logFile: string;

	private child?: N8nProcess;

	/** The log, once its folder is removed. */
	private finalLog = '';

	/** Use `startN8n`. */
	constructor(
		private readonly installed: InstalledN8n,
		private readonly location: Location,
		private readonly isTemporary: boolean,
		private env: NodeJS.ProcessEnv = {},
	) {
		this.version = installed.version;
		this.port = location.port;
		this.url = `http://127.0.0.1:${location.port}`;
		this.userFolder = location.userFolder;
		this.logFile = path.join(location.userFolder, 'n8n.log');
	}

	/** The process ID of n8n's main process. */
	get pid(): number {
		if (this.child?.pid === undefined) throw new Error('n8n is not running');
		return this.child.pid;
	}

	/** Returns n8n's output so far, including the output before a restart. */
	async readLog(): Promise<string> {
		return await readFile(this.logFile, 'utf8').catch(() => this.finalLog);
	}

	/** Returns the memory usage of n8n's main process, without its task runner. Linux only. */
	async readMemory(): Promise<Memory> {
		return await readMemory(this.pid);
	}

	/** Resets the peak that `readMemory` returns. Linux only. */
	async resetPeakMemory(): Promise<void> {
		await resetPeakMemory(this.pid);
	}

	/** Restarts n8n with the same data and port. @param env is added to the environment variables */
	async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
		await this.stopProcess();
		this.env = { ...this.env, ...env };
		await this.start();
	}

	/** Stops n8n and its task runner, and removes its temporary folder. */
	async stop(): Promise<void> {
		await this.stopProcess();
		if (!this.isTemporary) return;
		this.finalLog = await this.readLog();
		await rm(this.userFolder, { recursive: true, force: true, maxRetries: 3 });
	}

	/** Use `startN8n` or `restart`. */
	async start(): Promise<void> {
		const { installed, location, env, logFile, isTemporary, userFolder } = this;
		this.child = spawnN8n({
			installed,
			args: ['start'],
			location,
			env,
			logFile,
			temporaryFolder: isTemporary ? userFolder : undefined,
		});
		try {
			await waitUntilReady(this.child, this.url, () => this.readLog());
		} catch (error) {
			await this.stopProcess();
			throw error;
		}
	}

	private async stopProcess(): Promise<void> {
		const { child } = this;
		this.child = undefined;
		if (child) await stopN8nProcess(child);
	}
}
