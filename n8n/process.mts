import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { endN8n, spawnN8n } from './child.mts';
import type { Place } from './environment.mts';
import { installN8n, type InstalledN8n, type N8nVersion } from './install.mts';
import { readMemory, resetPeakMemory, type Memory } from './memory.mts';
import { installPackage } from './nodes.mts';
import { packPackage } from './pack.mts';
import { freePorts } from './ports.mts';
import { waitUntilReady } from './ready.mts';

/** What to start. */
export interface StartOptions {
	version: N8nVersion;
	/** Default: a free one. */
	port?: number;
	/** n8n's data, kept after `stop`. Default: a temporary folder that goes with the process. */
	userFolder?: string;
	/** More environment variables for n8n; they override ours. */
	env?: NodeJS.ProcessEnv;
}

/**
 * Starts a real n8n with this package in it, as built, on 127.0.0.1, and waits until it can be used.
 *
 * It ends with `stop()`, and at the latest together with the calling process, whatever ends that one. Installs this
 * version of n8n first when this machine does not have it yet.
 *
 * @throws Error when the package is not built, and with the end of n8n's log when it does not come up.
 */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const installed = await installN8n(options.version);
	const temporary = options.userFolder === undefined;
	// The real path, because a temporary folder may be a link (macOS) and n8n compares paths.
	const userFolder = temporary
		? await realpath(await mkdtemp(path.join(os.tmpdir(), 'n8n-')))
		: path.resolve(options.userFolder as string);
	try {
		await mkdir(userFolder, { recursive: true });
		await installPackage(userFolder, await packPackage(userFolder));
		const [port, brokerPort] = await freePorts(2);
		const place = { port: options.port ?? port, brokerPort, userFolder };
		const n8n = new RunningN8n(installed, place, temporary, options.env);
		await n8n.start();
		return n8n;
	} catch (error) {
		if (temporary) await rm(userFolder, { recursive: true, force: true });
		throw error;
	}
}

/** An n8n that `startN8n` has started. */
export class RunningN8n {
	/** Where its editor, its REST and its webhooks are; without a slash at the end. */
	readonly url: string;

	readonly version: N8nVersion;

	readonly port: number;

	/** What `N8N_USER_FOLDER` is: the data is in `.n8n` in it. */
	readonly userFolder: string;

	/** What n8n prints goes there. */
	readonly logFile: string;

	private child?: ChildProcess;

	private lastLog = '';

	/** Use `startN8n`. */
	constructor(
		private readonly installed: InstalledN8n,
		private readonly place: Place,
		private readonly temporary: boolean,
		private env: NodeJS.ProcessEnv = {},
	) {
		this.version = installed.version;
		this.port = place.port;
		this.url = `http://127.0.0.1:${place.port}`;
		this.userFolder = place.userFolder;
		this.logFile = path.join(place.userFolder, 'n8n.log');
	}

	/** The id of n8n's main process. */
	get pid(): number {
		if (this.child?.pid === undefined) throw new Error('n8n is not running');
		return this.child.pid;
	}

	/** All that n8n printed so far, its earlier starts included. */
	async log(): Promise<string> {
		return await readFile(this.logFile, 'utf8').catch(() => this.lastLog);
	}

	/** Memory of n8n's main process, its task runner not included. Linux only. */
	async memory(): Promise<Memory> {
		return await readMemory(this.pid);
	}

	/** Lets `memory().peak` start anew from now. Linux only. */
	async resetPeakMemory(): Promise<void> {
		await resetPeakMemory(this.pid);
	}

	/** Ends n8n and starts it again with the same data and port; `env` adds to the environment it had. */
	async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
		await this.end();
		this.env = { ...this.env, ...env };
		await this.start();
	}

	/** Ends n8n and its task runner, and removes its folder if that is a temporary one. */
	async stop(): Promise<void> {
		await this.end();
		if (!this.temporary) return;
		this.lastLog = await this.log();
		await rm(this.userFolder, { recursive: true, force: true, maxRetries: 3 });
	}

	/** `startN8n` and `restart` do this. */
	async start(): Promise<void> {
		const { installed, place, env, logFile, temporary, userFolder } = this;
		const folder = temporary ? userFolder : undefined;
		const child = await spawnN8n({ installed, args: ['start'], place, env, logFile, folder });
		this.child = child;
		try {
			await waitUntilReady(child, this.url, () => this.log());
		} catch (error) {
			await this.end();
			throw error;
		}
	}

	private async end(): Promise<void> {
		const { child } = this;
		this.child = undefined;
		if (child) await endN8n(child);
	}
}
