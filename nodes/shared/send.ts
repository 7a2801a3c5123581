import type {
	IAllExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INode,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import type { Failure } from './errors';
import { errorBody, failureOfError, failureOfResponse, isBrokenConnection } from './errors';

export interface SendSettings {
	/** Requests in flight at once, over all items of the run. */
	maxConcurrent: number;
	/** How often a safe request is sent again. */
	maxRetries: number;
	/** How long to wait for one answer, in seconds. */
	timeout: number;
}

/** A request that did not work. */
export interface FailedAnswer {
	ok: false;
	failure: Failure;
	/** Whether it is the API's own word, and not a gateway's, a wrong server's or no answer at all. */
	fromApi: boolean;
}

/** A request's answer: the parsed body of a 2xx, or what went wrong. */
export type Answer = { ok: true; body: unknown } | FailedAnswer;

/** When a failed request may be sent again. */
interface Retry {
	/** What the server asked for, in milliseconds. */
	afterMs?: number;
	/** Whether everybody has to wait: the limit is the account's, not the request's. */
	forAll: boolean;
}

/** A server that asks for a longer wait than this gets none: the item fails and says so. */
const LONGEST_WAIT_MS = 120_000;
/** n8n has no sleep that ends with the execution: after Stop, no timer goes on for longer than this. */
const LONGEST_SLEEP_MS = 1000;
const TRANSIENT_STATUSES = [408, 502, 503, 504];

/** The wait that an answer asks for: `Retry-After` (seconds or a date) or `retryAfterSeconds` in the body. */
function askedWaitMs(response: IN8nHttpFullResponse): number | undefined {
	const header = response.headers['retry-after'];
	const seconds = Number(header ?? errorBody(response)?.retryAfterSeconds ?? NaN);
	if (!Number.isNaN(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(String(header));
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function retryOfResponse(response: IN8nHttpFullResponse): Retry | undefined {
	// A slot of the plan frees only when a job ends: trying again soon does not help.
	const isRateLimit =
		response.statusCode === 429 && errorBody(response)?.errorCode !== 'concurrency_limit_reached';
	if (!isRateLimit && !TRANSIENT_STATUSES.includes(response.statusCode)) return undefined;
	const afterMs = askedWaitMs(response);
	if (afterMs !== undefined && afterMs > LONGEST_WAIT_MS) return undefined;
	return { afterMs, forAll: isRateLimit || afterMs !== undefined };
}

/**
 * How long to wait before the next try: what the server asked for, else 1, 2, 4, 8, 16 s, and twice that for a rate
 * limit, so that five tries outlast the limit's minute. Up to a quarter is added by chance, so that waiters spread.
 */
function waitMs({ afterMs, forAll }: Retry, triesSoFar: number): number {
	return afterMs ?? Math.ceil((forAll ? 2000 : 1000) * 2 ** triesSoFar * (1 + Math.random() / 4));
}

/**
 * Sends the requests of one run of a node by one policy: a cap on what is in flight, safe requests tried again when
 * the fault may pass, one shared pause when the account's rate limit is reached, and an end at once when the
 * execution is stopped.
 */
export class Sender {
	private inFlight = 0;

	private readonly waiting: Array<() => void> = [];

	private resumeAt = 0;

	private readonly stopped: Promise<never>;

	constructor(
		node: INode,
		private readonly settings: SendSettings,
		private readonly signal?: AbortSignal,
	) {
		this.stopped = new Promise((_resolve, reject) => {
			const stop = () => reject(new NodeOperationError(node, 'The execution was stopped'));
			if (signal?.aborted) stop();
			else signal?.addEventListener('abort', stop, { once: true });
		});
		this.stopped.catch(() => undefined);
	}

	/**
	 * Sends one request with the credential's API key.
	 *
	 * @param request n8n's options; the address is a path below the credential's base URL
	 * @param safe whether it may be sent again: reading never harms, creating costs money
	 * @throws NodeOperationError when the execution is stopped; every other fault is an answer
	 */
	async send(
		context: IAllExecuteFunctions,
		request: IHttpRequestOptions,
		safe = request.method === 'GET',
	): Promise<Answer> {
		const answer = this.inTurn(async () => await this.untilAnswered(context, request, safe));
		return await Promise.race([answer, this.stopped]);
	}

	private async inTurn<T>(work: () => Promise<T>): Promise<T> {
		if (this.inFlight < this.settings.maxConcurrent) this.inFlight++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.inFlight--;
		}
	}

	private async untilAnswered(
		context: IAllExecuteFunctions,
		request: IHttpRequestOptions,
		safe: boolean,
	): Promise<Answer> {
		let notBefore = 0;
		for (let tries = 0; ; tries++) {
			await this.waitUntil(() => Math.max(notBefore, this.resumeAt));
			if (this.signal?.aborted) return await this.stopped;
			const { answer, retry } = await this.sendOnce(context, request);
			if (!retry || !safe || tries >= this.settings.maxRetries) return answer;
			const again = Date.now() + waitMs(retry, tries);
			if (retry.forAll) this.resumeAt = Math.max(this.resumeAt, again);
			else notBefore = again;
		}
	}

	/** Waits until a time that may move on meanwhile, in ms since 1970; ends early when the execution is stopped. */
	private async waitUntil(time: () => number): Promise<void> {
		while (!this.signal?.aborted) {
			const left = time() - Date.now();
			if (left <= 0) return;
			await sleep(Math.min(left, LONGEST_SLEEP_MS));
		}
	}

	private async sendOnce(
		context: IAllExecuteFunctions,
		request: IHttpRequestOptions,
	): Promise<{ answer: Answer; retry?: Retry }> {
		try {
			const response = (await context.helpers.httpRequestWithAuthentication.call(
				context,
				'syncApi',
				{
					...request,
					timeout: this.settings.timeout * 1000,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				},
			)) as IN8nHttpFullResponse;
			if (response.statusCode >= 200 && response.statusCode < 300) {
				return { answer: { ok: true, body: response.body } };
			}
			return {
				answer: {
					ok: false,
					failure: failureOfResponse(response),
					fromApi: errorBody(response) !== undefined,
				},
				retry: retryOfResponse(response),
			};
		} catch (error) {
			return {
				answer: { ok: false, failure: failureOfError(error), fromApi: false },
				retry: isBrokenConnection(error) ? { forAll: false } : undefined,
			};
		}
	}
}
