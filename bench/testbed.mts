import os from 'node:os';

import { N8nClient } from '../n8n/client.mts';
import { LATEST_N8N } from '../n8n/install.mts';
import { startN8n, type RunningN8n } from '../n8n/server.mts';
import { createSyncCredential } from '../n8n/syncNodes.mts';
import { startSandbox, type Sandbox } from '../sandbox/server.mts';

/** The latency of the API in ms. */
export const LATENCY_MS = 50;

/**
 * In ms. When a node keeps n8n busy for longer than this (default: 5 s), n8n considers the database connection lost,
 * and rejects requests for some seconds.
 */
const DB_PING_TIMEOUT_MS = 10 * 60_000;

/** A running n8n and a running API. */
export interface Testbed {
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: Sandbox;
	/** The versions and the machine, for the report. */
	description: string;
	close: () => Promise<void>;
}

/** Starts an n8n with this package, and the local Sync API. */
export async function startTestbed(): Promise<Testbed> {
	const sandbox = await startSandbox({ latencyMs: LATENCY_MS, requestsPerMinute: null });
	try {
		const n8n = await startN8n({
			version: LATEST_N8N,
			env: { DB_PING_TIMEOUT_MS: String(DB_PING_TIMEOUT_MS) },
		});
		try {
			const client = await N8nClient.connect(n8n.url);
			await createSyncCredential(client, sandbox);
			const close = async () => {
				await n8n.stop();
				await sandbox.close();
			};
			return { n8n, client, sandbox, description: await describeTestbed(client), close };
		} catch (error) {
			await n8n.stop();
			throw error;
		}
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}

/**
 * Describes the versions and the machine.
 *
 * @throws Error if n8n stores binary data in memory, which doesn't work for large files
 */
async function describeTestbed(client: N8nClient): Promise<string> {
	const { n8n, node, binaryDataMode } = await client.about();
	if (binaryDataMode !== 'filesystem')
		throw new Error(`n8n stores binary data in: ${binaryDataMode}`);
	const cpus = os.cpus();
	const memory = Math.round(os.totalmem() / 1024 ** 3);
	return `n8n ${n8n} on Node.js ${node}, ${cpus.length} CPUs (${cpus[0].model}), ${memory} GiB of memory`;
}
