import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';

import { endN8n, spawnN8n } from './child.mts';
import { installN8n } from './install.mts';
import { freePorts } from './ports.mts';
import { startN8n, type RunningN8n, type StartOptions } from './process.mts';
import { findProgram } from './program.mts';
import { waitFor } from './wait.mts';

/** How long (ms) Redis, and a worker, may take to start. */
const START_LIMIT = 120_000;

/** What to do where there is no Redis. */
export const NO_REDIS =
	'There is no redis-server here: install it (Debian: apt install redis-server)';

/** The Redis of this machine; undefined when there is none. */
export const findRedis = (): string | undefined => findProgram(['redis-server']);

/** An n8n in queue mode: the main process takes calls and starts executions, a worker carries them out. */
export interface Queue {
	n8n: RunningN8n;
	/** All that the worker printed so far. */
	workerLog: () => Promise<string>;
	/** Ends all of it. */
	stop: () => Promise<void>;
}

/**
 * Starts an n8n in queue mode, with the executions of its editor on the worker too. All processes end with the calling
 * one. Not for Windows.
 *
 * @throws Error when there is no Redis, or one of the processes does not come up
 */
export async function startQueue(options: StartOptions): Promise<Queue> {
	const [redisPort] = await freePorts(1);
	const redis = await startRedis(redisPort);
	try {
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...options.env,
		};
		const n8n = await startN8n({ ...options, env });
		try {
			const worker = await startWorker(n8n, env);
			const stop = async () => {
				await worker.stop();
				await n8n.stop();
				await redis.stop();
			};
			return { n8n, workerLog: worker.log, stop };
		} catch (error) {
			await n8n.stop();
			throw error;
		}
	} catch (error) {
		await redis.stop();
		throw error;
	}
}

/** Starts a Redis that keeps nothing on the disk. @throws Error when it does not come up */
async function startRedis(port: number): Promise<{ stop: () => Promise<void> }> {
	const program = findRedis();
	if (program === undefined) throw new Error(NO_REDIS);
	const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
	// Redis would outlive a calling process that is killed: the shell sees the end of its input, and ends Redis.
	const script = '"$@" & read -r _; kill $!; wait';
	const shell = spawn('sh', ['-c', script, 'sh', program, ...args], {
		stdio: ['pipe', 'ignore', 'ignore'],
		detached: true,
	});
	const stop = async () => {
		const exit = once(shell, 'exit');
		shell.stdin.end();
		await exit;
	};
	try {
		await waitFor(
			async () => (await accepts(port)) || undefined,
			START_LIMIT,
			() => 'Redis is not ready',
		);
	} catch (error) {
		await stop();
		throw error;
	}
	return { stop };
}

async function accepts(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

/** Starts a worker beside a main process, with the same data. */
async function startWorker(
	{ version, port, userFolder }: RunningN8n,
	env: NodeJS.ProcessEnv,
): Promise<{ log: () => Promise<string>; stop: () => Promise<void> }> {
	const installed = await installN8n(version);
	const logFile = path.join(userFolder, 'worker.log');
	const [brokerPort] = await freePorts(1);
	const place = { port, brokerPort, userFolder };
	const child = await spawnN8n({ installed, args: ['worker'], place, env, logFile });
	const log = async () => await readFile(logFile, 'utf8');
	const stop = async () => await endN8n(child);
	try {
		await waitFor(
			async () => (await log()).includes('worker is now ready') || undefined,
			START_LIMIT,
			() => 'the worker is not ready',
		);
	} catch (error) {
		const tail = (await log()).trim().slice(-3000);
		await stop();
		throw new Error(`${(error as Error).message}. The end of its log:\n${tail}`, { cause: error });
	}
	return { log, stop };
}
