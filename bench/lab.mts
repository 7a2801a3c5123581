import os from 'node:os';

import { N8nClient } from '../n8n/client.mts';
import { startN8n, type RunningN8n } from '../n8n/server.mts';
import { startSandbox, type Sandbox } from '../sandbox/server.mts';

/** How long the API waits before each answer, in ms. */
export const LATENCY_MS = 50;

/**
 * n8n takes its database for lost when a node keeps it busy for longer than this (ms; its default is 5 s), and then refuses
 * requests for some seconds.
 */
const DB_PING_TIMEOUT_MS = 10 * 60_000;

/** The credential that the nodes use. */
export const CREDENTIAL = { syncApi: { id: null, name: 'Sync API' } };

/** The n8n and the API that everything is measured with. */
export interface Lab {
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: Sandbox;
	/** What it is, in words, for the head of the report. */
	description: string;
	close: () => Promise<void>;
}

/** Starts one n8n with the package in it, and the local Sync API. */
export async function openLab(): Promise<Lab> {
	const sandbox = await startSandbox({ latencyMs: LATENCY_MS, requestsPerMinute: null });
	try {
		const n8n = await startN8n({
			version: '2.41.1',
			env: { DB_PING_TIMEOUT_MS: String(DB_PING_TIMEOUT_MS) },
		});
		try {
			const client = await N8nClient.connect(n8n.url);
			const data = { apiKey: sandbox.apiKey, baseUrl: sandbox.url };
			await client.createCredential({ name: CREDENTIAL.syncApi.name, type: 'syncApi', data });
			const close = async () => {
				await n8n.stop();
				await sandbox.close();
			};
			return { n8n, client, sandbox, description: await describe(client), close };
		} catch (error) {
			await n8n.stop();
			throw error;
		}
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}

/** @throws Error when n8n keeps files in memory, where large ones can't be measured */
async function describe(client: N8nClient): Promise<string> {
	const { n8n, node, binaryDataMode } = await client.about();
	if (binaryDataMode !== 'filesystem') throw new Error(`n8n keeps files in: ${binaryDataMode}`);
	const cpus = os.cpus();
	const memory = Math.round(os.totalmem() / 1024 ** 3);
	return `n8n ${n8n} on Node.js ${node}, ${cpus.length} CPUs (${cpus[0].model}), ${memory} GiB of memory`;
}
