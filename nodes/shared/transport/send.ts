import type {
	IAllExecuteFunctions,
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INode,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import type { Failure } from './errors';
import { Gate } from './gate';
import {
	errorBody,
	failureOfError,
	failureOfResponse,
	isBrokenConnection,
	isNeverSent,
} from './errors';

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
	/** The API's own word, where it is one. */
	body?: IDataObject;
	/** Whether the request may have been carried out all the same: in one try it had no answer, or came to a fault. */
	unsure?: boolean;
	/** The wait that the server asked for, in milliseconds. */
	retryAfterMs?: number;
	/** Where a redirect leads, as the server says it. No redirect is followed: it could take the API key elsewhere. */
	location?: string;
}

/** A request's answer: the parsed body of a 2xx and the wait that it asks for, or what went wrong. */
export type Answer = { ok: true; body: unknown; retryAfterMs?: number } | FailedAnswer;

/** Whether a request may be sent again, or after which answers: reading never harms, creating costs money. */
export type Safe = boolean | ((answer: FailedAnswer) => boolean);

/** When a failed request may be sent again. */
interface Retry {
	/** What the server asked for, in milliseconds. */
	afterMs?: number;
	/** Whether everybody has to wait: the limit is the account's, not the request's. */
	forAll: boolean;
	/** Whether nothing has been done yet for sure: then a request that is not safe may be sent again too. */
	refused: boolean;
}

/** A server that asks for a longer wait than this gets none: the item fails and says so. */
const LONGEST_WAIT_MS = 120_000;
/** n8n has no sleep that ends with the execution: after Stop, no timer goes on for longer than this. */
const LONGEST_SLEEP_MS = 1000;
/** Statuses after which a safe request is sent again. */
export const TRANSIENT_STATUSES = [408, 502, 503, 504];

/** The wait that an answer asks for: `Retry-After` (seconds or a date) or `retryAfterSeconds` in the body. */
function askedWaitMs(response: IN8nHttpFullResponse): number | undefined {
	const header = response.headers['retry-after'];
	const seconds = Number(header ?? errorBody(response)?.retryAfterSeconds ?? NaN);
	if (!Number.isNaN(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(String(header));
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function retryOfResponse(response: IN8nHttpFullResponse): Retry | undefined {
	const body = errorBody(response);
	// A slot of the plan frees only when a job ends: trying again soon does not help.
	const isRateLimit =
		response.statusCode === 429 && body?.errorCode !== 'concurrency_limit_reached';
	if (!isRateLimit && !TRANSIENT_STATUSES.includes(response.statusCode)) return undefined;
	// It has been carried out after all, and here is what came of it.
	if (body?.generationId) return undefined;
	const afterMs = askedWaitMs(response);
	if (afterMs !== undefined && afterMs > LONGEST_WAIT_MS) return undefined;
	return { afterMs, forAll: isRateLimit || afterMs !== undefined, refused: isRateLimit };
}

/** One try, and when there may be another. */
async function tryOnce(
	attempt: () => Promise<IN8nHttpFullResponse>,
	failureOf: (response: IN8nHttpFullResponse) => Failure,
): Promise<{ answer: Answer; retry?: Retry }> {
	try {
		const response = await attempt();
		if (response.statusCode >= 200 && response.statusCode < 300) {
			const retryAfterMs = askedWaitMs(response);
			return { answer: { ok: true, body: response.body, retryAfterMs } };
		}
		const body = errorBody(response);
		const { location } = response.headers;
		return {
			answer: {
				ok: false,
				failure: failureOf(response),
				fromApi: body !== undefined,
				body,
				unsure: response.statusCode >= 500 || response.statusCode === 408,
				retryAfterMs: askedWaitMs(response),
				location: typeof location === 'string' ? location : undefined,
			},
			retry: retryOfResponse(response),
		};
	} catch (error) {
		const isBroken = isBrokenConnection(error);
		const unsure = isBroken && !isNeverSent(error);
		return {
			answer: { ok: false, failure: failureOfError(error), fromApi: false, unsure },
			retry: isBroken ? { forAll: false, refused: false } : undefined,
		};
	}
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
	private readonly gate: Gate;

	private resumeAt = 0;

	private readonly stopped: Promise<never>;

	constructor(
		node: INode,
		readonly settings: SendSettings,
		private readonly signal?: AbortSignal,
	) {
		this.gate = new Gate(settings.maxConcurrent);
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
	 * @param safe whether it may be sent again
	 * @param gate what it passes instead of the cap of the run, for requests that take long because the server waits
	 * @throws NodeOperationError when the execution is stopped; every other fault is an answer
	 */
	async send(
		context: IAllExecuteFunctions,
		request: IHttpRequestOptions,
		safe: Safe = request.method === 'GET',
		gate = this.gate,
	): Promise<Answer> {
		const attempt = async () =>
			(await context.helpers.httpRequestWithAuthentication.call(context, 'syncApi', {
				...request,
				timeout: this.settings.timeout * 1000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			})) as IN8nHttpFullResponse;
		return await this.perform(attempt, safe, failureOfResponse, gate);
	}

	/**
	 * Has something sent by the policy of the run, whatever it is.
	 *
	 * @param attempt sends it once, anew at each try, and gives the answer whatever its status
	 * @param failureOf what an answer outside 2xx means
	 * @throws NodeOperationError when the execution is stopped; every other fault is an answer
	 */
	async perform(
		attempt: () => Promise<IN8nHttpFullResponse>,
		safe: Safe,
		failureOf = failureOfResponse,
		gate = this.gate,
	): Promise<Answer> {
		const answer = gate.pass(async () => await this.untilAnswered(attempt, safe, failureOf));
		return await this.orStopped(answer);
	}

	/** Waits for something, no longer than the execution goes on. @throws NodeOperationError when it is stopped */
	async orStopped<T>(work: Promise<T>): Promise<T> {
		return await Promise.race([work, this.stopped]);
	}

	/**
	 * Waits for a while.
	 *
	 * @param ms how long, in milliseconds
	 * @param wake ends it before
	 * @throws NodeOperationError when the execution is stopped
	 */
	async pause(ms: number, wake?: Promise<unknown>): Promise<void> {
		let until = Date.now() + ms;
		const woken = wake?.then(() => (until = 0));
		const waited = this.waitUntil(() => until);
		await this.orStopped(woken ? Promise.race([waited, woken]) : waited);
	}

	private async untilAnswered(
		attempt: () => Promise<IN8nHttpFullResponse>,
		safe: Safe,
		failureOf: (response: IN8nHttpFullResponse) => Failure,
	): Promise<Answer> {
		let notBefore = 0;
		let unsure = false;
		for (let tries = 0; ; tries++) {
			await this.waitUntil(() => Math.max(notBefore, this.resumeAt));
			if (this.signal?.aborted) return await this.stopped;
			const { answer, retry } = await tryOnce(attempt, failureOf);
			if (answer.ok) return answer;
			unsure ||= answer.unsure === true;
			const isSafe = typeof safe === 'function' ? safe(answer) : safe;
			const mayTry = retry && (isSafe || retry.refused) && tries < this.settings.maxRetries;
			if (!mayTry) return { ...answer, unsure };
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
}
