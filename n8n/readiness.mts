import { startError } from './log.mts';
import type { N8nProcess } from './process.mts';
import { waitFor } from './wait.mts';

/** In ms. The first start creates the database: 8 to 20 s on a small machine. */
export const START_TIMEOUT = 180_000;

/**
 * Waits until an n8n that is starting has migrated its database and its REST API responds.
 *
 * @throws Error with the end of the log if the process ends or the wait times out
 */
export async function waitUntilReady(
	child: N8nProcess,
	url: string,
	readLog: () => Promise<string>,
): Promise<void> {
	let failure: string | undefined;
	void child.then(({ exitCode, signal, shortMessage }) => {
		failure = exitCode === undefined ? (signal ?? shortMessage) : `exit code ${exitCode}`;
	});
	try {
		await waitFor(
			async () => {
				if (failure !== undefined) throw new Error(failure);
				return (await isReady(url)) || undefined;
			},
			START_TIMEOUT,
			() => 'it is not ready',
		);
	} catch (error) {
		throw startError('n8n', error, await readLog());
	}
}

/** Whether an n8n that is starting has migrated its database and its REST API responds. */
export const isReady = async (url: string): Promise<boolean> =>
	// n8n reports that it is healthy while it still migrates, and ready before its REST API exists (which then responds
	// to everything with the page "n8n is starting up").
	(await hasDatabase(url)) && (await hasRestApi(url));

async function hasDatabase(url: string): Promise<boolean> {
	const response = await get(`${url}/healthz/readiness`);
	return response?.status === 200;
}

async function hasRestApi(url: string): Promise<boolean> {
	const response = await get(`${url}/rest/settings`);
	return response?.headers.get('content-type')?.includes('json') ?? false;
}

async function get(url: string): Promise<Response | undefined> {
	try {
		return await fetch(url, { signal: AbortSignal.timeout(2000) });
	} catch {
		return undefined;
	}
}
