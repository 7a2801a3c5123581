import { EventEmitter, once } from 'node:events';

/** A request that the sandbox received. */
export interface LoggedRequest {
	/** When it arrived, in milliseconds since 1970. */
	at: number;
	method: string;
	/** As sent: percent-encoded, with the query. */
	path: string;
	headers: Record<string, unknown>;
	/**
	 * For an upload to the storage: `{ size, sha256 }`. For a form: its fields, and `files` with a description of each
	 * file.
	 */
	body: unknown;
	/** HTTP status of the response; null if there was none. */
	status: number | null;
	/**
	 * The operation in the contract, or `PutObject` or `GetObject` for the storage. Null if the route does not exist.
	 */
	operationId: string | null;
}

/** Counts of all requests since the start or the last reset. */
export interface RequestTotals {
	count: number;
	/** The highest number of requests in flight at the same time. */
	peakInFlight: number;
	/** By `operationId`; `unknown` for routes that do not exist. */
	byOperation: Record<string, number>;
	/** By HTTP status; `none` if the connection ended without a response. */
	byStatus: Record<string, number>;
	/** The reason for each request or response that violated the contract. */
	violations: string[];
}

/** How many requests are kept. The totals count all of them. */
const MAX_REQUESTS = 5000;

const emptyTotals = (): RequestTotals => ({
	count: 0,
	peakInFlight: 0,
	byOperation: {},
	byStatus: {},
	violations: [],
});

/** Logs requests and the status of their responses. */
export class RequestLog {
	totals = emptyTotals();

	private recent: LoggedRequest[] = [];

	private inFlight = 0;

	private readonly events = new EventEmitter();

	/** The latest 5,000 requests, oldest first. */
	get requests(): LoggedRequest[] {
		return this.recent.slice(-MAX_REQUESTS);
	}

	/**
	 * Adds a request that has arrived.
	 *
	 * @returns a function to call when the request ends, with the HTTP status of the response, or null if there was none
	 */
	add(request: LoggedRequest): (status: number | null) => void {
		// A reset replaces the totals. A request that ends after it must not count in the new ones.
		const { totals } = this;
		totals.count++;
		totals.peakInFlight = Math.max(totals.peakInFlight, ++this.inFlight);
		increment(totals.byOperation, request.operationId ?? 'unknown');
		this.recent.push(request);
		if (this.recent.length > 2 * MAX_REQUESTS) this.recent = this.requests;
		this.events.emit('request');
		return (status) => {
			this.inFlight--;
			request.status = status;
			increment(totals.byStatus, String(status ?? 'none'));
		};
	}

	/** Waits until this many requests have arrived since the start or the last reset. */
	async waitForCount(count: number): Promise<void> {
		while (this.totals.count < count) await once(this.events, 'request');
	}

	/** Adds a violation of the contract by a request or its response. */
	addViolation(request: LoggedRequest | undefined, reason: string): void {
		const { violations } = this.totals;
		if (violations.length < MAX_REQUESTS) {
			violations.push(request ? `${request.method} ${request.path}: ${reason}` : reason);
		}
	}

	/** Clears the log. */
	reset(): void {
		this.recent = [];
		this.totals = emptyTotals();
	}
}

function increment(counts: Record<string, number>, name: string): void {
	counts[name] = (counts[name] ?? 0) + 1;
}
