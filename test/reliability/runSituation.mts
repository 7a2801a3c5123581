import type { IRun } from 'n8n-workflow';

import type { LoggedRequest } from '../../sandbox/core/requestLog.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { inspectAll, readResult, startWorkflow } from '../workflow/engine.mts';
import { startHttpServer } from '../workflow/httpServer.mts';
import { waitFor } from '../../n8n/wait.mts';
import { readOperationResult } from '../workflow/runOperation.mts';
import { buildNodeWorkflow } from '../workflow/workflows.mts';
import type { Situation } from './faults.mts';
import { buildCredential, prepareNode, type SavedOperation } from './operations.mts';
import { startTricklingProxy } from './tricklingProxy.mts';

/** How many times the node retries a request. */
const MAX_RETRIES = 4;

/** The operations of the API that create something. An operation of the nodes needs one of them at most. */
const CREATING = [
	'createAsset',
	'createProject',
	'createGeneration',
	'createBatch',
	'createTts',
	'createTtsJob',
	'cloneVoice',
	'createTranscription',
	'createDialogueEdit',
];

/** How long (ms) a request may take to arrive. */
const ARRIVAL_LIMIT = 60_000;

/** The lists of what can be created. */
const CREATE_LISTS = ['/v2/assets', '/v2/projects', '/v2/generate', '/v2/batch', '/v2/voices'];

/** What a situation did to an operation. */
export interface Outcome {
	/** The items on the first output, and on the error output. */
	out: number;
	failed: number;
	/** The status of the execution. */
	status: string;
	/** The message of the first error. */
	error?: string;
	/** Input items that are on neither output, although the execution was not stopped. */
	lost: number;
	/** The number of requests that arrived at the sandbox, by operation of the API. */
	requests: Record<string, number>;
	/** Things in the account that should not be there: more than one for an item. */
	createdTwice: number;
	/** Whether the API key was in the run, or was sent to another server. */
	leaked: boolean;
}

/** How much waiting for speech, batches and so on is shortened. */
const QUICK = {
	...{
		requestsPerMinute: null,
		generationsPerMinute: null,
		concurrency: null,
		clonesPerHour: null,
	},
	...{ pendingMs: 0, processingMs: 0, batchPendingMs: 0, speechPendingMs: 0 },
	...{ speechProcessingMs: 0, transcriptionPendingMs: 0, transcriptionProcessingMs: 0 },
	...{ dialogueEditPendingMs: 0, dialogueEditProcessingMs: 0 },
};

/**
 * Runs an operation in a situation, on a sandbox of its own.
 *
 * @param usual what the operation does without faults. Default: unknown, for the situation without faults
 */
export async function runSituation(
	operation: SavedOperation,
	situation: Situation,
	usual?: Outcome,
): Promise<Outcome> {
	const creating = findCreating(usual?.requests);
	const apiKey = 'sk-reliability-4f1d9c7e';
	const sandbox = await startSandbox({ ...QUICK, apiKey });
	const strangers: string[] = [];
	const elsewhere = await startHttpServer((request, response) => {
		strangers.push(JSON.stringify(request.headers));
		response.end('{}');
	});
	const proxy = situation.trickles ? await startTricklingProxy(sandbox.url) : undefined;
	try {
		const { parameters, items } = await prepareNode(operation, sandbox);
		const options = {
			...(parameters.options as object),
			maxRetries: MAX_RETRIES,
			timeout: situation.timeout ?? 30,
			timeLimit: 1,
		};
		const workflow = buildNodeWorkflow({ ...parameters, options });
		const before = await countCreated(sandbox);
		await applySituation(situation, sandbox, elsewhere.url, creating);
		const { byOperation: earlier } = await sandbox.control.getTotals();
		const countRequests = async () =>
			subtract((await sandbox.control.getTotals()).byOperation, earlier);
		const baseUrl = situation.baseUrl ?? proxy?.url ?? sandbox.url;
		const credential = { ...buildCredential(sandbox), baseUrl };
		const running = startWorkflow(workflow, items, credential);
		if (situation.stop) {
			await waitFor(
				async () => {
					const arrived = Object.keys(await countRequests());
					return (creating ? arrived.includes(creating) : arrived.length > 0) || undefined;
				},
				ARRIVAL_LIMIT,
				() => `${operation.name} has not sent the request that hangs`,
			);
			running.cancel();
		}
		let run: IRun = await running;
		if (situation.stop === 'and run again') {
			run = await startWorkflow(workflow, items, credential, {}, running.executionId);
		}
		const { out, failed, errors } = readOperationResult(workflow, readResult(run));
		const requests = await countRequests();
		await sandbox.control.clearFaults();
		await sandbox.control.configure({ latencyMs: 0 });
		const created = (await countCreated(sandbox)) - before;
		const inspected = inspectAll(run) + strangers.join();
		const paired = [...out, ...failed].flatMap(({ pairedItem }) => [pairedItem].flat());
		const covered = new Set(paired.map((one) => (typeof one === 'object' ? one.item : one)));
		return {
			out: out.length,
			failed: failed.length,
			status: run.status,
			error: errors[0]?.message?.replaceAll(/127\.0\.0\.1:\d+/g, 'api.sync.so'),
			lost: situation.stop === 'for good' ? 0 : items.length - covered.size,
			requests,
			createdTwice: Math.max(0, created - countExpected(requests, items.length)),
			leaked: inspected.includes(apiKey),
		};
	} finally {
		proxy?.close();
		await elsewhere.close();
		await sandbox.close();
	}
}

async function applySituation(
	{ faults = [], firstFaults = [], settings }: Situation,
	sandbox: Sandbox,
	url: string,
	operationId?: string,
) {
	if (settings) await sandbox.control.configure(settings);
	const first = firstFaults.map((fault) => ({ ...fault, match: { operationId } }));
	for (const fault of [...faults, ...first]) {
		await sandbox.control.addFault(
			JSON.parse(JSON.stringify(fault).replaceAll('{elsewhere}', url)) as typeof fault,
		);
	}
}

/** Subtracts earlier counts. Without those that become 0. */
const subtract = (
	counts: Record<string, number>,
	earlier: Record<string, number>,
): Record<string, number> =>
	Object.fromEntries(
		Object.entries(counts)
			.map(([name, count]) => [name, count - (earlier[name] ?? 0)] as const)
			.filter(([, count]) => count > 0),
	);

/** Finds the operation of the API among those in the requests that creates something. */
const findCreating = (requests: Outcome['requests'] = {}): string | undefined =>
	CREATING.find((id) => id in requests);

/** How many things the requests for these items may create. */
function countExpected(requests: Outcome['requests'], items: number): number {
	const creating = findCreating(requests);
	if (creating === undefined) return 0;
	// The batch itself, and a generation for each row.
	return creating === 'createBatch' ? 1 + items : items;
}

/** Counts the assets, projects, generations, batches, voices and speeches of the account. */
async function countCreated({ url, apiKey, control }: Sandbox): Promise<number> {
	const counts = await Promise.all(
		CREATE_LISTS.map(async (path) => {
			const response = await fetch(`${url}${path}`, { headers: { 'x-api-key': apiKey } });
			const body = (await response.json()) as unknown[] | { items: unknown[] };
			return (Array.isArray(body) ? body : body.items).length;
		}),
	);
	const others = (await control.listRequests()).filter(isOtherCreation);
	const keys = others.map(({ headers }, index) => headers['idempotency-key'] ?? index);
	return counts.reduce((sum, count) => sum + count, new Set(keys).size);
}

/**
 * Whether a request creates something that can't be listed, and may have been carried out. For a source that has been
 * transcribed already, sync.so returns the existing transcription.
 */
const isOtherCreation = ({ method, path, status }: LoggedRequest): boolean =>
	method === 'POST' &&
	/^\/v2\/(tts|tts\/jobs|dialogue-edits)$/.test(path) &&
	(status === null || status < 300);
