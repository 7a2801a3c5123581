/** A request as it came. */
export interface RecordedRequest {
	/** When it came, in ms since 1970. */
	at: number;
	method: string;
	/** As sent: percent-encoded, with the query. */
	path: string;
	headers: Record<string, unknown>;
	body: unknown;
	/** The status of the answer; null when none was given. */
	status: number | null;
	/** The operation of the contract; null for an address that it does not have. */
	operationId: string | null;
}

/** Counts over all requests since the start or the last reset. */
export interface Totals {
	count: number;
	/** The most requests that waited for their answer at the same time. */
	peakInFlight: number;
	byOperation: Record<string, number>;
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
	requests: RecordedRequest[] = [];

	totals = noTotals();

	private inFlight = 0;

	/** Notes a request that has come. */
	begin(request: RecordedRequest): void {
		const { totals } = this;
		totals.count++;
		totals.peakInFlight = Math.max(totals.peakInFlight, ++this.inFlight);
		count(totals.byOperation, request.operationId ?? 'unknown');
		this.requests.push(request);
		if (this.requests.length > 2 * KEPT) this.requests = this.requests.slice(-KEPT);
	}

	/** Notes the end of a request, answered or not. */
	end(request: RecordedRequest, status: number | null): void {
		this.inFlight--;
		request.status = status;
		count(this.totals.byStatus, String(status));
	}

	/** Starts anew. */
	reset(): void {
		this.requests = [];
		this.totals = noTotals();
	}
}

function count(counts: Record<string, number>, name: string): void {
	counts[name] = (counts[name] ?? 0) + 1;
}
