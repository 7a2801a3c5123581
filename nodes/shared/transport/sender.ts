import type {
	IAllExecuteFunctions,
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { tidyBaseUrl } from '../../../credentials/SyncApi.credentials';
import { Cancellation } from './cancellation';
import type { Failure } from './errors';
import { failureFromResponse, parseErrorBody, unexpectedBodyFailure } from './errors';
import type { Server } from './networkErrors';
import { classifyError, createApiServer, failureFromError } from './networkErrors';
import { Semaphore } from './semaphore';
import { ServerHealth } from './serverHealth';

/** How the requests of a run are sent. */
export interface SendSettings {
	/** Maximum number of requests in flight, across all items of the run. */
	maxConcurrent: number;
	/** How often a request may be retried. */
	maxRetries: number;
	/** How long to wait for an answer, in seconds. */
	timeout: number;
	/** How connections are made, if the node says: n8n's options for a proxy and for certificates. */
	connection?: Pick<IHttpRequestOptions, 'proxy' | 'skipSslCertificateValidation'>;
}

/** The settings of a node whose options are untouched. */
export const DEFAULT_SEND_SETTINGS: SendSettings = {
	maxConcurrent: 10,
	maxRetries: 5,
	timeout: 60,
};

/** A request that did not work. */
export interface FailedResponse {
	ok: false;
	failure: Failure;
	/** Whether it is the API's own word, and not a gateway's, a wrong server's or no answer at all. */
	fromApi: boolean;
	/** The API's own error body, if there is one. */
	body?: IDataObject;
	/** Whether the request may have been carried out all the same. */
	uncertain?: boolean;
	/** Whether the cause may be gone later. */
	isTemporary?: boolean;
	/** The wait that the server asked for, in milliseconds. */
	retryAfterMs?: number;
	/** Where a redirect leads. None is followed: it could take the API key elsewhere. */
	location?: string;
}

/** A request's answer: the parsed body of a 2xx, or what went wrong. */
export type ApiResponse =
	| {
			ok: true;
			body: unknown;
			/** The wait that the server asked for, in milliseconds. */
			retryAfterMs?: number;
			/** The time by the server's clock, in ms since 1970. */
			date?: number;
	  }
	| FailedResponse;

/** How one request is sent. */
export interface SendOptions {
	/**
	 * Whether it may be carried out twice without harm: it reads, or has an idempotency key. If not, it is retried only
	 * when it is certain that nothing was done. Default: true for GET.
	 */
	idempotent?: boolean;
	/** What the body of a success has to be. If it isn't, the outcome is uncertain. */
	expects?: { name: string; matches: (body: unknown) => boolean };
	/** How often it is retried. Default: as the settings of the run say. */
	maxRetries?: number;
	/** How long to wait for an answer, in seconds. Default: as the settings of the run say. */
	timeout?: number;
	/** Called right before each attempt: from then on, the request may have been carried out. */
	beforeAttempt?: () => void;
	/** Forbids a retry after some answers. */
	mayRetry?: (response: FailedResponse) => boolean;
	/** Limits how many are in flight, in place of the limit of the run: for requests that take long. */
	semaphore?: Semaphore;
}

/** How a file is transferred. */
export interface TransferOptions {
	/** How often it is retried. Default: as often as every request of the run. */
	maxRetries?: number;
	/** What an answer outside 2xx means. */
	toFailure: (response: IN8nHttpFullResponse) => Failure;
	/** Whether an answer other than a server fault may be gone after a retry. */
	isRetryable: (response: IN8nHttpFullResponse) => boolean;
	/** What is known about the server. */
	health: ServerHealth;
	server: Server;
}

/** A wait that is longer than this is not waited for: the item fails and says when to come back. */
const MAX_WAIT_MS = 120_000;
/** Our own backoff grows up to this. */
const MAX_BACKOFF_MS = 60_000;

/** One attempt: its answer, and when there may be another. */
interface Attempt {
	response: ApiResponse;
	retry?: {
		/** The server is at its limit: everybody waits, and twice as long. */
		isRateLimit?: boolean;
		/** Nothing was done yet: a request that is not idempotent may be retried too. */
		isUndone?: boolean;
	};
	/** Whether the server is down or can't be reached. */
	isOutage?: boolean;
}

/** The wait that an answer asks for: `Retry-After` (seconds or a date) or `retryAfterSeconds` in the body. */
function requestedWaitMs(response: IN8nHttpFullResponse): number | undefined {
	const header = String(response.headers['retry-after'] ?? '').trim();
	const inBody = parseErrorBody(response)?.retryAfterSeconds;
	const seconds = Number(header || (inBody ?? NaN));
	if (!Number.isNaN(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Whether a status means that the server has a problem that may pass. */
const isServerFault = (statusCode: number): boolean =>
	statusCode === 408 || (statusCode >= 500 && statusCode !== 501);

/** @param http the server's response, whatever its status */
function attemptFromResponse(
	http: IN8nHttpFullResponse,
	{
		expects,
		toFailure = failureFromResponse,
		isRetryable = () => false,
	}: Pick<SendOptions, 'expects'> & Partial<TransferOptions>,
): Attempt {
	const { statusCode, headers } = http;
	const retryAfterMs = requestedWaitMs(http);
	if (statusCode >= 200 && statusCode < 300) {
		if (!expects || expects.matches(http.body)) {
			const date = Date.parse(String(headers.date));
			const known = Number.isNaN(date) ? {} : { date };
			return { response: { ok: true, body: http.body, retryAfterMs, ...known } };
		}
		const failure = unexpectedBodyFailure(expects.name, http.body);
		return { response: { ok: false, failure, fromApi: false, uncertain: true }, retry: {} };
	}
	const body = parseErrorBody(http);
	const response: FailedResponse = {
		ok: false,
		failure: toFailure(http),
		fromApi: body !== undefined,
		body,
		uncertain: isServerFault(statusCode),
		retryAfterMs,
		location: typeof headers.location === 'string' ? headers.location : undefined,
	};
	// A slot in the plan frees up only when a generation ends: a retry within seconds does not help.
	if (statusCode === 429 && body?.errorCode !== 'concurrency_limit_reached') {
		return { response, retry: { isRateLimit: true, isUndone: true } };
	}
	// An error with a generation ID is the result of a request that was carried out.
	if (body?.generationId) return { response };
	if (isRetryable(http)) return { response, retry: {} };
	if (!isServerFault(statusCode)) return { response };
	return { response, retry: {}, isOutage: true };
}

function attemptFromError(error: unknown, server: Server): Attempt {
	const { wasSent, isRetryable } = classifyError(error);
	const response: FailedResponse = {
		ok: false,
		failure: failureFromError(error, server),
		fromApi: false,
		uncertain: wasSent,
	};
	return {
		response,
		retry: isRetryable ? { isUndone: !wasSent } : undefined,
		isOutage: isRetryable,
	};
}

/**
 * How long to wait before the next attempt: 1, 2, 4, 8, 16 s, twice that for a rate limit, so that five retries outlast
 * the limit's minute, and never less than the server asks for. Up to a quarter is added at random, to spread requests.
 */
function backoffMs(isRateLimit: boolean, retries: number, requestedMs = 0): number {
	const own = Math.min(MAX_BACKOFF_MS, (isRateLimit ? 2000 : 1000) * 2 ** retries);
	return Math.ceil(Math.max(own * (1 + Math.random() / 4), requestedMs));
}

/**
 * Sends the requests of one run of a node by one policy: a limit on what is in flight, retries where they do no harm,
 * one shared pause when the account's rate limit is reached, no more requests to a server that is down, and an end as
 * soon as the run is canceled.
 */
export class Sender {
	private readonly semaphore: Semaphore;

	private readonly apiHealth = new ServerHealth();

	private api?: Promise<Server>;

	/**
	 * @param run ends the run: nothing more is sent, and nothing is waited for
	 * @param execution ends the execution: n8n then drops the requests in flight too
	 */
	constructor(
		readonly settings: SendSettings,
		private readonly run = new Cancellation(),
		private readonly execution = run,
	) {
		this.semaphore = new Semaphore(settings.maxConcurrent);
	}

	/**
	 * Sends one request with the credential's API key.
	 *
	 * @param request n8n's options; the URL is a path below the credential's base URL
	 * @throws the reason if the run is canceled; every other fault is an answer
	 */
	async send(
		context: IAllExecuteFunctions,
		request: IHttpRequestOptions,
		options: SendOptions = {},
	): Promise<ApiResponse> {
		const { idempotent = request.method === 'GET', expects, semaphore } = options;
		const { timeout = this.settings.timeout } = options;
		let server: Server;
		try {
			// What is thrown after this check may have reached the API; what is thrown here has not.
			server = await (this.api ??= findApi(context));
		} catch (error) {
			return { ok: false, failure: failureFromError(error), fromApi: false };
		}
		const attempt = async () =>
			(await context.helpers.httpRequestWithAuthentication.call(context, 'syncApi', {
				...request,
				...this.settings.connection,
				timeout: timeout * 1000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			})) as IN8nHttpFullResponse;
		const tryOnce = async () => {
			try {
				return attemptFromResponse(await attempt(), { expects });
			} catch (error) {
				return attemptFromError(error, server);
			}
		};
		const work = this.sendWhenFree(
			async () => await this.sendWithRetries(tryOnce, { ...options, idempotent }, this.apiHealth),
			semaphore,
		);
		// What changes something is seen through to its answer, unless n8n itself drops it.
		return await (request.method === 'GET' ? this.run : this.execution).race(work);
	}

	/**
	 * Transfers a file by the same policy. It may be repeated without harm.
	 *
	 * @param attempt sends it once, from its beginning, and gives the answer whatever its status
	 * @throws the reason if the run is canceled; every other fault is an answer
	 */
	async transfer(
		attempt: () => Promise<IN8nHttpFullResponse>,
		options: TransferOptions,
	): Promise<ApiResponse> {
		const { maxRetries, health, server } = options;
		const tryOnce = async () => {
			try {
				return attemptFromResponse(await attempt(), options);
			} catch (error) {
				return attemptFromError(error, server);
			}
		};
		const work = this.sendWhenFree(
			async () => await this.sendWithRetries(tryOnce, { idempotent: true, maxRetries }, health),
		);
		return await this.run.race(work);
	}

	/**
	 * Waits for a while.
	 *
	 * @param ms how long, in milliseconds
	 * @param wake ends it early
	 * @throws the reason if the run is canceled
	 */
	async pause(ms: number, wake?: Promise<unknown>): Promise<void> {
		let until = Date.now() + ms;
		const woken = wake?.then(() => (until = 0));
		const slept = this.run.sleepUntil(() => until);
		await this.run.race(woken ? Promise.race([slept, woken]) : slept);
		this.run.throwIfCanceled();
	}

	/** Sends when there is room for another request in flight. */
	private async sendWhenFree(
		send: () => Promise<ApiResponse>,
		semaphore = this.semaphore,
	): Promise<ApiResponse> {
		const release = await semaphore.acquire();
		let isAnswered = false;
		try {
			const response = await send();
			isAnswered = response.ok;
			return response;
		} finally {
			// A failure may end the run: the item gets to do so before the next request is sent.
			if (isAnswered) release();
			else void sleep(0).then(release);
		}
	}

	private async sendWithRetries(
		tryOnce: () => Promise<Attempt>,
		{
			idempotent,
			beforeAttempt,
			mayRetry = () => true,
			maxRetries = this.settings.maxRetries,
		}: SendOptions,
		health: ServerHealth,
	): Promise<ApiResponse> {
		let notBefore = 0;
		let uncertain = false;
		for (let retries = 0; ; retries++) {
			await this.run.sleepUntil(() => Math.max(notBefore, health.readyAt));
			this.run.throwIfCanceled();
			const refused = health.reasonNotToSend();
			if (refused) return { ok: false, failure: refused, fromApi: false, uncertain };
			beforeAttempt?.();
			const { response, retry, isOutage } = await tryOnce();
			if (!isOutage) health.recordResponse();
			if (response.ok) return response;
			uncertain ||= response.uncertain === true;
			// Another request with the same key is still being carried out: the one that we have no answer to.
			const isStillRunning = idempotent && uncertain && response.failure.statusCode === 409;
			const isAllowed = isStillRunning || (retry && (idempotent || retry.isUndone));
			const final: FailedResponse = { ...response, uncertain, isTemporary: retry !== undefined };
			const wait = backoffMs(retry?.isRateLimit === true, retries, response.retryAfterMs);
			const isTooLong = retry !== undefined && wait > MAX_WAIT_MS;
			if (isTooLong) final.failure = health.refuse(Date.now() + wait, response.failure);
			if (!isAllowed || isTooLong || retries >= maxRetries || !mayRetry(final)) {
				if (isOutage) health.recordFailure(response.failure);
				return final;
			}
			const next = Date.now() + wait;
			const isForAll = retry?.isRateLimit === true || response.retryAfterMs !== undefined;
			if (isForAll) health.pause(next);
			else notBefore = next;
		}
	}
}

/** Finds the server of the API. @throws the error of a credential that is missing or can't be used */
async function findApi(context: IAllExecuteFunctions): Promise<Server> {
	const { baseUrl } = await context.getCredentials('syncApi');
	return createApiServer(tidyBaseUrl(baseUrl));
}
