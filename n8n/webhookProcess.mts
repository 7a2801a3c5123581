import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { installN8n } from './install.mts';
import { startError } from './log.mts';
import { spawnN8n, stopN8nProcess } from './process.mts';
import type { RunningN8n } from './server.mts';
import { waitFor } from './wait.mts';

/** How long (ms) a webhook process may take to start. */
const START_TIMEOUT = 120_000;

/** The options of `startWebhookProcess`. */
export interface WebhookProcessOptions {
	/** The main process, which registers the webhooks. */
	n8n: RunningN8n;
	/** The additional environment variables that the main process has. */
	env: NodeJS.ProcessEnv;
	port: number;
	/** The port that its task runner connects to. */
	brokerPort: number;
}

/** A process that receives the production webhooks of an n8n in queue mode, and queues their executions. */
export interface WebhookProcess {
	/** Its base URL, without a trailing slash. */
	url: string;
	stop: () => Promise<void>;
}

/** Starts a webhook process. @throws Error with the end of its log if it doesn't start */
export async function startWebhookProcess(options: WebhookProcessOptions): Promise<WebhookProcess> {
	const { n8n, env, port, brokerPort } = options;
	const { version, userFolder } = n8n;
	const installed = await installN8n(version);
	const logFile = path.join(userFolder, `webhook-${port}.log`);
	const location = { port, brokerPort, userFolder };
	const child = spawnN8n({ installed, args: ['webhook'], location, env, logFile });
	const url = `http://127.0.0.1:${port}`;
	const stop = async () => await stopN8nProcess(child);
	try {
		await waitFor(
			async () => (await isHealthy(url)) || undefined,
			START_TIMEOUT,
			() => 'it is not ready',
		);
	} catch (error) {
		await stop();
		throw startError('The webhook process', error, await readFile(logFile, 'utf8'));
	}
	return { url, stop };
}

async function isHealthy(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
	} catch {
		return false;
	}
}
