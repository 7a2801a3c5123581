import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A first start creates the database: 8 to 20 s on a small machine. */
const START_LIMIT = 180_000;

/** How many lines of the log an error repeats. */
const TAIL_LINES = 40;

/**
 * Waits until a starting n8n can be used: its database is migrated, and its REST answers.
 *
 * @throws Error with the end of the log when the process ends or takes too long.
 */
export async function waitUntilReady(
	child: ChildProcess,
	url: string,
	log: () => Promise<string>,
): Promise<void> {
	let failed: Error | undefined;
	child.once('error', (error) => {
		failed = error;
	});
	const deadline = Date.now() + START_LIMIT;
	// n8n says it is healthy while it still migrates, and ready before its REST is there (it then answers "n8n is starting
	// up").
	while (!((await isReady(url)) && (await answersRest(url)))) {
		const ended = failed?.message ?? child.signalCode ?? child.exitCode;
		const late = Date.now() > deadline;
		if (ended !== null || late) {
			const what = late ? `is not ready after ${START_LIMIT / 1000} s` : `ended (${ended})`;
			const tail = (await log()).trim().split('\n').slice(-TAIL_LINES).join('\n');
			throw new Error(`n8n ${what}. The end of its log:\n${tail}`);
		}
		await sleep(100);
	}
}

async function isReady(url: string): Promise<boolean> {
	const response = await get(`${url}/healthz/readiness`);
	return response?.status === 200;
}

async function answersRest(url: string): Promise<boolean> {
	const response = await get(`${url}/rest/settings`);
	return response?.headers.get('content-type')?.includes('json') ?? false;
}

async function get(address: string): Promise<Response | undefined> {
	try {
		return await fetch(address, { signal: AbortSignal.timeout(2000) });
	} catch {
		return undefined;
	}
}
