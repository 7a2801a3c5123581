import { EventEmitter, once } from 'node:events';

/** A request as it came. */
export interface RecordedRequest {
	/** When it came, in ms since 1970. */
	at: number;
	method: string;
	/** As sent: percent-encoded, with the query. */
	path: string;
	headers: Record<string, unknown>;
	/**
	 * Of a file that the storage took: its size in bytes and its digest, as `{ size, sha256 }`. Of a form: its fields, and
	 * `files` with what is known of each.
	 */
	body: unknown;
	/** The status of the answer; null when none was given. */
	status: number | null;
	/**
	 * The operation of the contract, or of the storage: `PutObject`, `GetObject`. Null for an address that neither has.
	 */
	operationId: string | null;
}

/** Counts over all requests since the start or the last reset. */
export interface Totals {
	count: number;
	/** The most requests that waited for their answer at the same time. */
	peakInFlight: number;
	/** By `operationId`; `unknown` for addresses without one. */
	byOperation: Record<string, number>;
	/** By the status of the answer; `none` where the connection ended without one. */
	byStatus: Record<string, number>;
	/** Requests and answers that did not fit the contract, in words. */
	violations: string[];
}

/** The latest requests that are kept whole; the counts are of all. */
const KEPT = 5000;

const noTotals = (): Totals => ({
	count: 0,
	peakInFlight: 0,
	byOperation: {},
	byStatus: {},
	violations: [],
});

/** Keeps the record of what was asked and answered. */
export class RequestRecord {
	totals = noTotals();

	private kept: RecordedRequest[] = [];

	private inFlight = 0;

	private readonly arrivals = new EventEmitter();

	/** The latest requests, the oldest first. */
	get requests(): RecordedRequest[] {
		return this.kept.slice(-KEPT);
	}

	/**
	 * Notes a request that has come.
	 *
	 * @returns what to call at its end, with the status of the answer
	 */
	begin(request: RecordedRequest): (status: number | null) => void {
		// Those of now: what ends after a reset does not count in the new ones.
		const { totals } = this;
		totals.count++;
		totals.peakInFlight = Math.max(totals.peakInFlight, ++this.inFlight);
		count(totals.byOperation, request.operationId ?? 'unknown');
		this.kept.push(request);
		if (this.kept.length > 2 * KEPT) this.kept = this.requests;
		this.arrivals.emit('arrival');
		return (status) => {
			this.inFlight--;
			request.status = status;
			count(totals.byStatus, String(status ?? 'none'));
		};
	}

	/** Waits until so many requests have come since the start or the last reset. */
	async reaches(count: number): Promise<void> {
		while (this.totals.count < count) await once(this.arrivals, 'arrival');
	}

	/** Notes what did not fit the contract. */
	violation(request: RecordedRequest | undefined, what: string): void {
		const { violations } = this.totals;
		if (violations.length < KEPT) {
			violations.push(request ? `${request.method} ${request.path}: ${what}` : what);
		}
	}

	/** Starts anew. */
	reset(): void {
		this.kept = [];
		this.totals = noTotals();
	}
}

function count(counts: Record<string, number>, name: string): void {
	counts[name] = (counts[name] ?? 0) + 1;
}
