import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { installN8n } from './install.mts';
import { startError } from './log.mts';
import { spawnN8n, stopN8nProcess, type N8nProcess } from './process.mts';
import type { RunningN8n } from './server.mts';
import { waitFor } from './wait.mts';

/** How long (ms) a worker may take to start. */
const START_TIMEOUT = 120_000;

/** Resumes a process when standard input closes, which also happens if the calling process is killed. */
const RESUME_SCRIPT = 'read -r _; kill -CONT "$1"';

/** The options of `startWorker`. */
export interface WorkerOptions {
	/** The main process to work for. */
	n8n: RunningN8n;
	/** The additional environment variables that the main process has. */
	env: NodeJS.ProcessEnv;
	/** The port that the worker's task runner connects to. */
	brokerPort: number;
	/** A unique name. */
	name: string;
	/** Maximum number of executions to run at the same time. Default: n8n's default. */
	concurrency?: number;
}

/** Starts a worker of an n8n in queue mode. @throws Error with the end of its log if it doesn't start */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
	const { n8n, env, brokerPort, name, concurrency } = options;
	const { version, port, userFolder } = n8n;
	const installed = await installN8n(version);
	const logFile = path.join(userFolder, `${name}.log`);
	const args = ['worker', ...(concurrency === undefined ? [] : [`--concurrency=${concurrency}`])];
	const location = { port, brokerPort, userFolder };
	const worker = new Worker(spawnN8n({ installed, args, location, env, logFile }), logFile);
	try {
		await waitFor(
			async () => (await worker.readLog()).includes('worker is now ready') || undefined,
			START_TIMEOUT,
			() => 'it is not ready',
		);
	} catch (error) {
		await worker.stop();
		throw startError(name, error, await worker.readLog());
	}
	return worker;
}

/** A process that runs the executions of an n8n in queue mode. */
export class Worker {
	private resumer?: ReturnType<typeof spawnResumer>;

	private isStopped = false;

	/** Use `startWorker`. */
	constructor(
		private readonly child: N8nProcess,
		private readonly logFile: string,
	) {}

	/** Returns the worker's output so far. */
	async readLog(): Promise<string> {
		return await readFile(this.logFile, 'utf8');
	}

	/** Finds the IDs of the executions that the worker has logged as started or finished. */
	async findLogged(what: 'started' | 'finished'): Promise<string[]> {
		const pattern = new RegExp(`Worker ${what} execution (\\d+) `, 'g');
		return [...new Set([...(await this.readLog()).matchAll(pattern)].map(([, id]) => id))];
	}

	/** Suspends the process until `resume`, so that n8n considers its executions stalled. */
	async pause(): Promise<void> {
		this.resumer = spawnResumer(this.child.pid);
		await once(this.resumer, 'spawn');
		this.child.kill('SIGSTOP');
	}

	/** Resumes the process if it is paused. */
	async resume(): Promise<void> {
		const { resumer } = this;
		this.resumer = undefined;
		resumer?.stdin.end();
		await resumer;
	}

	/** Kills the process without letting it finish anything. */
	async kill(): Promise<void> {
		this.child.kill('SIGKILL');
		await this.child;
	}

	/** Shuts down the worker and its task runner. */
	async stop(): Promise<void> {
		if (this.isStopped) return;
		this.isStopped = true;
		await this.resume();
		await stopN8nProcess(this.child);
	}
}

const spawnResumer = (pid: number | undefined) =>
	execa('sh', ['-c', RESUME_SCRIPT, 'sh', String(pid)], {
		stdio: ['pipe', 'ignore', 'ignore'],
		reject: false,
		detached: true,
	});
