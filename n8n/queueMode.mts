import { findFreePorts } from './ports.mts';
import { startPostgres } from './postgres.mts';
import { type Redis, startRedis } from './redis.mts';
import { startN8n, type RunningN8n, type StartOptions } from './server.mts';
import { startWebhookProcess, type WebhookProcess } from './webhookProcess.mts';
import { startWorker, type Worker } from './worker.mts';

/** Environment variables that make n8n notice a stalled worker fast. In ms. n8n's defaults are 10 to 60 s. */
export const STALL_SETTINGS = {
	QUEUE_WORKER_LOCK_DURATION: '3000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '500',
	QUEUE_WORKER_STALLED_INTERVAL: '1000',
};

/** The options of `startQueueMode`. */
export interface QueueModeOptions extends StartOptions {
	/** Maximum number of executions that each worker runs at the same time. Default: n8n's default. */
	concurrency?: number;
	/** SQLite supports only one worker: with more, it is sometimes locked. Default: SQLite. */
	database?: 'sqlite' | 'postgres';
}

/** An n8n in queue mode: the main process queues the executions, and workers run them. */
export interface QueueMode {
	n8n: RunningN8n;
	redis: Redis;
	/** All workers, including the first one, which `startQueueMode` starts. */
	workers: Worker[];
	/** Starts another worker. */
	addWorker: () => Promise<Worker>;
	/** Starts a webhook process. @param port default: a free port */
	addWebhookProcess: (port?: number) => Promise<WebhookProcess>;
	/** Stops all processes. */
	stop: () => Promise<void>;
}

/**
 * Starts an n8n in queue mode with one worker. Manual executions run on workers too. No process outlives the calling
 * process. Not for Windows.
 *
 * @throws Error if Redis or PostgreSQL isn't installed, or a process doesn't start
 */
export async function startQueueMode(options: QueueModeOptions): Promise<QueueMode> {
	const { concurrency, database = 'sqlite', ...n8nOptions } = options;
	const running: Array<{ stop: () => Promise<void> }> = [];
	const stop = async () => {
		for (let last = running.pop(); last; last = running.pop()) await last.stop();
	};
	try {
		const redis = await startRedis();
		running.push(redis);
		const postgres = database === 'postgres' ? await startPostgres() : undefined;
		if (postgres) running.push(postgres);
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...postgres?.env,
			...options.env,
		};
		const n8n = await startN8n({ ...n8nOptions, env });
		running.push(n8n);
		const workers: Worker[] = [];
		const addWorker = async () => {
			const [brokerPort] = await findFreePorts(1);
			const name = `worker-${workers.length + 1}`;
			const worker = await startWorker({ n8n, env, brokerPort, name, concurrency });
			workers.push(worker);
			running.push(worker);
			return worker;
		};
		const addWebhookProcess = async (fixedPort?: number) => {
			const [freePort, brokerPort] = await findFreePorts(2);
			const port = fixedPort ?? freePort;
			const webhookProcess = await startWebhookProcess({ n8n, env, port, brokerPort });
			running.push(webhookProcess);
			return webhookProcess;
		};
		await addWorker();
		return { n8n, redis, workers, addWorker, addWebhookProcess, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
