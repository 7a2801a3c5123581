import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Call } from './events';

/** How long to remember calls if their signatures may have any age, in seconds. */
const DEFAULT_WINDOW_SECONDS = 24 * 3600;
/** Maximum number of calls to remember for a node in memory. */
const MAX_IN_MEMORY = 10_000;
/** The same in its static data, which n8n writes to its database after each call that starts the workflow. */
const MAX_STORED = 500;
/** Maximum number of nodes to remember calls for. */
const MAX_NODES = 1000;

/** When to forget each call, in seconds since 1970, by its digest. The oldest call is first. */
type ExpiryByCall = Map<string, number>;

/** By workflow and node. */
const callsByNode = new Map<string, ExpiryByCall>();

/**
 * The calls that started a workflow. They are kept in memory and, for the time after a restart, in the node's static
 * data. Calls at the same time overwrite each other's static data, so each of them stores what is in memory.
 */
export class ReceivedCalls {
	private readonly calls: ExpiryByCall;

	private readonly staticData: IDataObject;

	/**
	 * @param tolerance maximum age of a signature, in seconds. A call may be repeated for twice as long, because its
	 * time may also be in the future. 0 for any age.
	 */
	constructor(
		context: IWebhookFunctions,
		private readonly tolerance: number,
	) {
		this.staticData = context.getWorkflowStaticData('node');
		this.calls = findCalls(`${context.getWorkflow().id}/${context.getNode().id}`);
		for (const [digest, expiry] of readStoredCalls(this.staticData)) {
			if (!this.calls.has(digest)) this.calls.set(digest, expiry);
		}
	}

	has(call: Call): boolean {
		return (this.calls.get(toDigest(call)) ?? 0) > Date.now() / 1000;
	}

	add(call: Call): void {
		const now = Math.floor(Date.now() / 1000);
		const digest = toDigest(call);
		this.calls.delete(digest);
		this.calls.set(digest, now + (this.tolerance * 2 || DEFAULT_WINDOW_SECONDS));
		for (const [oldest, expiry] of this.calls) {
			if (expiry > now && this.calls.size <= MAX_IN_MEMORY) break;
			this.calls.delete(oldest);
		}
		this.staticData.receivedCalls = Object.fromEntries([...this.calls].slice(-MAX_STORED));
	}
}

/** Finds the calls of a node in memory. */
function findCalls(node: string): ExpiryByCall {
	const calls = callsByNode.get(node) ?? new Map<string, number>();
	callsByNode.delete(node);
	callsByNode.set(node, calls);
	const [leastRecentlyUsed] = callsByNode.keys();
	if (callsByNode.size > MAX_NODES) callsByNode.delete(leastRecentlyUsed);
	return calls;
}

/** The calls in the node's static data, which any node of the workflow and n8n's API can change. */
function readStoredCalls({ receivedCalls }: IDataObject): Array<[string, number]> {
	const stored = Object.entries(receivedCalls ?? {}).slice(-MAX_STORED);
	return stored.filter((entry): entry is [string, number] => typeof entry[1] === 'number');
}

/** A short digest, because n8n reads and writes it with each call. */
const toDigest = ({ id, event }: Call): string =>
	createHash('sha256')
		.update(JSON.stringify([id, event]))
		.digest('base64url')
		.slice(0, 16);
