import type { IRun } from 'n8n-workflow';

import type { LoggedRequest } from '../../sandbox/core/requestLog.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { inspectAll, readResult, startWorkflow } from '../workflow/engine.mts';
import { startHttpServer } from '../workflow/httpServer.mts';
import { readOperationResult } from '../workflow/runOperation.mts';
import { buildNodeWorkflow } from '../workflow/workflows.mts';
import type { Situation } from './faults.mts';
import { buildCredential, prepareNode, type SavedOperation } from './operations.mts';
import { startTricklingProxy } from './tricklingProxy.mts';

/** How many times the node retries a request. */
const MAX_RETRIES = 4;

/** The operations of the API that create something. */
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
	/** Requests that arrived at the sandbox. */
	requests: number;
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

/** Runs an operation in a situation, on a sandbox of its own. */
export async function runSituation(
	operation: SavedOperation,
	situation: Situation,
): Promise<Outcome> {
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
		await applySituation(situation, sandbox, elsewhere.url);
		const { count: earlier } = await sandbox.control.getTotals();
		const baseUrl = situation.baseUrl ?? proxy?.url ?? sandbox.url;
		const credential = { ...buildCredential(sandbox), baseUrl };
		const running = startWorkflow(workflow, items, credential);
		if (situation.stop) {
			await sandbox.control.waitForRequests(earlier + 1);
			running.cancel();
		}
		let run: IRun = await running;
		if (situation.stop === 'and run again') {
			run = await startWorkflow(workflow, items, credential, {}, running.executionId);
		}
		const { out, failed, errors } = readOperationResult(workflow, readResult(run));
		const { count } = await sandbox.control.getTotals();
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
			requests: count - earlier,
			createdTwice: Math.max(0, created - countExpected(operation, items.length)),
			leaked: inspected.includes(apiKey),
		};
	} finally {
		proxy?.close();
		await elsewhere.close();
		await sandbox.close();
	}
}

async function applySituation({ faults = [], settings }: Situation, sandbox: Sandbox, url: string) {
	if (settings) await sandbox.control.configure(settings);
	for (const fault of faults) {
		await sandbox.control.addFault(
			JSON.parse(JSON.stringify(fault).replaceAll('{elsewhere}', url)) as typeof fault,
		);
	}
}

/** How many things an operation may create. */
function countExpected({ name }: SavedOperation, items: number): number {
	// The batch itself, and a generation for each row.
	if (name === 'batch: create') return 1 + items;
	return /: (create|clone|upload)$/.test(name) ? items : 0;
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

/** Whether a request creates something that can't be listed, and may have been carried out. */
const isOtherCreation = ({ method, path, status }: LoggedRequest): boolean =>
	method === 'POST' &&
	/^\/v2\/(tts|tts\/jobs|transcriptions|dialogue-edits)$/.test(path) &&
	(status === null || status < 300);
