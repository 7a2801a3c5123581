import { freePorts } from './ports.mts';
import { startPostgres } from './postgres.mts';
import { startN8n, type RunningN8n, type StartOptions } from './process.mts';
import { startRedis } from './redis.mts';
import { startWorker, type Worker } from './worker.mts';

/** What to start. */
export interface QueueOptions extends StartOptions {
	/** How many executions each worker runs at once. Default: n8n's own. */
	concurrency?: number;
	/** Where the data is. SQLite is for one worker: it is locked now and then when several use it. Default: SQLite. */
	database?: 'sqlite' | 'postgres';
}

/** An n8n in queue mode: the main process takes calls and starts executions, workers carry them out. */
export interface Queue {
	n8n: RunningN8n;
	/** The first one is started with the queue. */
	workers: Worker[];
	/** Starts another worker. */
	addWorker: () => Promise<Worker>;
	/** Ends all of it. */
	stop: () => Promise<void>;
}

/**
 * Starts an n8n in queue mode with one worker. The executions of the editor run on workers too. All processes end with
 * the calling one. Not for Windows.
 *
 * @throws Error when Redis or PostgreSQL is missing, or one of the processes does not get ready
 */
export async function startQueue(options: QueueOptions): Promise<Queue> {
	const { concurrency, database = 'sqlite', ...n8nOptions } = options;
	const started: Array<{ stop: () => Promise<void> }> = [];
	const stop = async () => {
		for (let last = started.pop(); last; last = started.pop()) await last.stop();
	};
	try {
		const redis = await startRedis();
		started.push(redis);
		const postgres = database === 'postgres' ? await startPostgres() : undefined;
		if (postgres) started.push(postgres);
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...postgres?.env,
			...options.env,
		};
		const n8n = await startN8n({ ...n8nOptions, env });
		started.push(n8n);
		const workers: Worker[] = [];
		const addWorker = async () => {
			const [brokerPort] = await freePorts(1);
			const name = `worker-${workers.length + 1}`;
			const worker = await startWorker({ n8n, env, brokerPort, name, concurrency });
			workers.push(worker);
			started.push(worker);
			return worker;
		};
		await addWorker();
		return { n8n, workers, addWorker, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
