import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { endN8n, spawnN8n } from './child.mts';
import { installN8n } from './install.mts';
import type { RunningN8n } from './process.mts';
import { waitFor } from './wait.mts';

/** How long (ms) a worker may take to start. */
const START_LIMIT = 120_000;

/** How many of a worker's last characters an error repeats. */
const TAIL_LENGTH = 3000;

/** Resumes a process when its own input ends, also when that is because the calling process was killed. */
const RESUMER = 'read -r _; kill -CONT "$1"';

/** What a worker is started with. */
export interface WorkerOptions {
	/** The main process whose data it shares. */
	n8n: RunningN8n;
	/** More environment variables; the same as those of the main process. */
	env: NodeJS.ProcessEnv;
	/** The port on which it talks to its own task runner. */
	brokerPort: number;
	/** Different for each worker. */
	name: string;
	/** How many executions it runs at once. Default: n8n's own. */
	concurrency?: number;
}

/** Starts a worker of an n8n in queue mode. @throws Error with the end of its log when it does not get ready */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
	const { n8n, env, brokerPort, name, concurrency } = options;
	const { version, port, userFolder } = n8n;
	const installed = await installN8n(version);
	const logFile = path.join(userFolder, `${name}.log`);
	const args = ['worker', ...(concurrency === undefined ? [] : [`--concurrency=${concurrency}`])];
	const place = { port, brokerPort, userFolder };
	const worker = new Worker(await spawnN8n({ installed, args, place, env, logFile }), logFile);
	try {
		await waitFor(
			async () => (await worker.log()).includes('worker is now ready') || undefined,
			START_LIMIT,
			() => `${name} is not ready`,
		);
	} catch (error) {
		const tail = (await worker.log()).trim().slice(-TAIL_LENGTH);
		await worker.stop();
		throw new Error(`${(error as Error).message}. The end of its log:\n${tail}`, { cause: error });
	}
	return worker;
}

/** A process that runs the executions of an n8n in queue mode. */
export class Worker {
	private resumer?: ChildProcess;

	private isStopped = false;

	/** Use `startWorker`. */
	constructor(
		private readonly child: ChildProcess,
		private readonly logFile: string,
	) {}

	/** All that the worker printed so far. */
	async log(): Promise<string> {
		return await readFile(this.logFile, 'utf8');
	}

	/** Freezes the worker until `resume`, so that n8n takes its executions for stalled. */
	async pause(): Promise<void> {
		this.resumer = spawn('sh', ['-c', RESUMER, 'sh', String(this.child.pid)], {
			stdio: ['pipe', 'ignore', 'ignore'],
			detached: true,
		});
		await once(this.resumer, 'spawn');
		this.child.kill('SIGSTOP');
	}

	/** Lets the worker continue where it was paused, if it was. */
	async resume(): Promise<void> {
		const { resumer } = this;
		this.resumer = undefined;
		if (!resumer) return;
		const exit = once(resumer, 'exit');
		resumer.stdin?.end();
		await exit;
	}

	/** Ends the worker without giving it time to finish anything. */
	async kill(): Promise<void> {
		const exit = once(this.child, 'exit');
		this.child.kill('SIGKILL');
		await exit;
	}

	/** Ends the worker in good order, unless it has ended, and what it has started. */
	async stop(): Promise<void> {
		if (this.isStopped) return;
		this.isStopped = true;
		await this.resume();
		await endN8n(this.child);
	}
}
