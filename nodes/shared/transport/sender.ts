import type {
	IAllExecuteFunctions,
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { normalizeBaseUrl } from '../../../credentials/SyncApi.credentials';
import { Cancellation } from './cancellation';
import type { Failure } from './errors';
import { failureFromResponse, parseErrorBody, unexpectedBodyFailure } from './errors';
import type { TargetServer } from './networkErrors';
import { classifyError, createApiServer, failureFromError } from './networkErrors';
import { Semaphore } from './semaphore';
import { ServerHealth } from './serverHealth';

/** How to send the requests of a run. */
export interface SendSettings {
	/** Maximum number of requests in flight, across all items of the run. */
	maxConcurrent: number;
	/** Maximum number of retries per request. */
	maxRetries: number;
	/** How long to wait for a response, in seconds. */
	timeout: number;
	/** n8n's options for a proxy and certificates, if the node sets any. */
	connection?: Pick<IHttpRequestOptions, 'proxy' | 'skipSslCertificateValidation'>;
}

/** The settings of a node without any options. */
export const DEFAULT_SEND_SETTINGS: SendSettings = {
	maxConcurrent: 10,
	maxRetries: 5,
	timeout: 60,
};

/** The outcome of a failed request. */
export interface FailedResponse {
	ok: false;
	failure: Failure;
	/** Whether the error is the API's own, and not from a gateway, a wrong server or a missing response. */
	fromApi: boolean;
	/** The API's error body, if there is one. */
	body?: IDataObject;
	/** Whether the request may have taken effect nevertheless. */
	uncertain?: boolean;
	/** Whether the same request may succeed later. */
	isTemporary?: boolean;
	/** The wait that the server asked for, in milliseconds. */
	retryAfterMs?: number;
	/** The target of a redirect. Redirects are never followed: they could send the API key elsewhere. */
	location?: string;
}

/** The outcome of a request: the parsed body of a 2xx response, or what went wrong. */
export type ApiResponse =
	| {
			ok: true;
			body: unknown;
			/** The wait that the server asked for, in milliseconds. */
			retryAfterMs?: number;
			/** The server's time, in ms since 1970. */
			date?: number;
	  }
	| FailedResponse;

/** How to send one request. */
export interface SendOptions {
	/**
	 * Whether it can be sent twice without harm: it only reads, or has an idempotency key. Otherwise, it is retried only
	 * if it is certain that it had no effect. Default: true for GET.
	 */
	idempotent?: boolean;
	/** The expected body of a 2xx response. With any other body, the outcome is uncertain. */
	expects?: { name: string; matches: (body: unknown) => boolean };
	/** Maximum number of retries. Default: the setting of the run. */
	maxRetries?: number;
	/** How long to wait for a response, in seconds. Default: the setting of the run. */
	timeout?: number;
	/** Called right before each attempt: from then on, the request may have taken effect. */
	beforeAttempt?: () => void;
	/** Returns false for failures that must not be retried. */
	mayRetry?: (response: FailedResponse) => boolean;
	/** Replaces the run's limit on requests in flight, for requests that take long. */
	semaphore?: Semaphore;
}

/** How to transfer a file. */
export interface TransferOptions {
	/** Maximum number of retries. Default: the setting of the run. */
	maxRetries?: number;
	/** Converts a response outside 2xx to a failure. */
	toFailure: (response: IN8nHttpFullResponse) => Failure;
	/** Whether a retry may work after a response that isn't a server error. */
	isRetryable: (response: IN8nHttpFullResponse) => boolean;
	/** What the run knows about the server, shared by all transfers to it. */
	health: ServerHealth;
	server: TargetServer;
}

/** If the server asks for a longer wait than this, the request fails, with a hint on when to run the workflow again. */
const MAX_WAIT_MS = 120_000;
/** A longer wait than a year counts as one year: it can be too long for a date, or infinite. */
const MAX_REQUESTED_WAIT_MS = 365 * 24 * 60 * 60_000;
/** Upper limit of our own backoff, without jitter. */
const MAX_BACKOFF_MS = 60_000;

/** The outcome of one attempt. */
interface Attempt {
	response: ApiResponse;
	/** Set if a retry may work. */
	retry?: {
		/** The rate limit was reached: all requests wait, twice as long as after other failures. */
		isRateLimit?: boolean;
		/** The request had no effect, so it may be retried even if it isn't idempotent. */
		hadNoEffect?: boolean;
	};
	/** Whether the server is down or unreachable. */
	isOutage?: boolean;
}

/** The wait that a response asks for, in ms: `Retry-After` (seconds or a date), or `retryAfterSeconds` in the body. */
function requestedWaitMs(response: IN8nHttpFullResponse): number | undefined {
	const header = String(response.headers['retry-after'] ?? '').trim();
	const inBody = parseErrorBody(response)?.retryAfterSeconds;
	const seconds = Number(header || (inBody ?? NaN));
	const waitMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
	return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(0, waitMs), MAX_REQUESTED_WAIT_MS);
}

/** Whether a status stands for a temporary server error. */
const isTemporaryError = (statusCode: number): boolean =>
	statusCode === 408 || (statusCode >= 500 && statusCode !== 501);

/** Converts a response to the outcome of an attempt. @param httpResponse has any status */
function attemptFromResponse(
	httpResponse: IN8nHttpFullResponse,
	{
		expects,
		toFailure = failureFromResponse,
		isRetryable = () => false,
	}: Pick<SendOptions, 'expects'> & Partial<TransferOptions>,
): Attempt {
	const { statusCode, headers } = httpResponse;
	const retryAfterMs = requestedWaitMs(httpResponse);
	if (statusCode >= 200 && statusCode < 300) {
		if (!expects || expects.matches(httpResponse.body)) {
			const date = Date.parse(String(headers.date));
			const serverDate = Number.isNaN(date) ? {} : { date };
			return { response: { ok: true, body: httpResponse.body, retryAfterMs, ...serverDate } };
		}
		const failure = unexpectedBodyFailure(expects.name, httpResponse.body);
		return { response: { ok: false, failure, fromApi: false, uncertain: true }, retry: {} };
	}
	const body = parseErrorBody(httpResponse);
	const response: FailedResponse = {
		ok: false,
		failure: toFailure(httpResponse),
		fromApi: body !== undefined,
		body,
		uncertain: isTemporaryError(statusCode),
		retryAfterMs,
		location: typeof headers.location === 'string' ? headers.location : undefined,
	};
	// A slot in the plan frees up only when a generation ends, so a retry within seconds doesn't help.
	if (statusCode === 429 && body?.errorCode !== 'concurrency_limit_reached') {
		return { response, retry: { isRateLimit: true, hadNoEffect: true } };
	}
	// An error with a generation ID means that the request took effect.
	if (body?.generationId) return { response };
	if (isRetryable(httpResponse)) return { response, retry: {} };
	if (!isTemporaryError(statusCode)) return { response };
	return { response, retry: {}, isOutage: true };
}

/** Converts an error that was thrown instead of a response to the outcome of an attempt. */
function attemptFromError(error: unknown, server: TargetServer): Attempt {
	const { wasSent, isRetryable } = classifyError(error);
	const response: FailedResponse = {
		ok: false,
		failure: failureFromError(error, server),
		fromApi: false,
		uncertain: wasSent,
	};
	return {
		response,
		retry: isRetryable ? { hadNoEffect: !wasSent } : undefined,
		isOutage: isRetryable,
	};
}

/**
 * How long to wait before the next attempt: 1, 2, 4, 8, 16 s. Twice that for a rate limit, so that five retries outlast
 * its one-minute window. Never less than the server asks for. Up to 25% jitter spreads the requests.
 */
function backoffMs(isRateLimit: boolean, retries: number, requestedMs = 0): number {
	const backoff = Math.min(MAX_BACKOFF_MS, (isRateLimit ? 2000 : 1000) * 2 ** retries);
	return Math.ceil(Math.max(backoff * (1 + Math.random() / 4), requestedMs));
}

/**
 * Sends the requests of one run of a node under one policy. It limits the requests in flight, and retries where that
 * does no harm. At the account's rate limit, all requests pause. A server that is down gets no more requests. Once the
 * run is canceled, nothing more is sent.
 */
export class Sender {
	private readonly semaphore: Semaphore;

	private readonly apiHealth = new ServerHealth();

	private apiServer?: Promise<TargetServer>;

	/**
	 * @param runCancellation ends the run: nothing more is sent, and only requests that change something are awaited
	 * @param executionCancellation ends the execution: n8n drops the requests in flight, so none is awaited
	 */
	constructor(
		readonly settings: SendSettings,
		private readonly runCancellation = new Cancellation(),
		private readonly executionCancellation = runCancellation,
	) {
		this.semaphore = new Semaphore(settings.maxConcurrent);
	}

	/**
	 * Sends one request with the credential's API key.
	 *
	 * @param request n8n's options; the URL is a path below the credential's base URL
	 * @throws the reason if the run is canceled; whatever else goes wrong is returned as a failed response
	 */
	async send(
		context: IAllExecuteFunctions,
		request: IHttpRequestOptions,
		options: SendOptions = {},
	): Promise<ApiResponse> {
		const { idempotent = request.method === 'GET', expects, semaphore } = options;
		const { timeout = this.settings.timeout } = options;
		let server: TargetServer;
		try {
			// Nothing has been sent if this throws. A request that fails later may have reached the API.
			server = await (this.apiServer ??= resolveApiServer(context));
		} catch (error) {
			return { ok: false, failure: failureFromError(error), fromApi: false };
		}
		const sendOnce = async () =>
			(await context.helpers.httpRequestWithAuthentication.call(context, 'syncApi', {
				...request,
				...this.settings.connection,
				timeout: timeout * 1000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			})) as IN8nHttpFullResponse;
		const attempt = async () => {
			try {
				return attemptFromResponse(await sendOnce(), { expects });
			} catch (error) {
				return attemptFromError(error, server);
			}
		};
		const result = this.sendWhenFree(
			async () => await this.sendWithRetries(attempt, { ...options, idempotent }, this.apiHealth),
			semaphore,
		);
		// If the run fails, requests that change something still wait for their response.
		const isRead = request.method === 'GET';
		const cancellation = isRead ? this.runCancellation : this.executionCancellation;
		return await cancellation.race(result);
	}

	/**
	 * Transfers a file under the same policy. Repeating a transfer does no harm.
	 *
	 * @param transferOnce transfers the file from its beginning; returns the response, whatever its status
	 * @throws the reason if the run is canceled; whatever else goes wrong is returned as a failed response
	 */
	async transfer(
		transferOnce: () => Promise<IN8nHttpFullResponse>,
		options: TransferOptions,
	): Promise<ApiResponse> {
		const { maxRetries, health, server } = options;
		const attempt = async () => {
			try {
				return attemptFromResponse(await transferOnce(), options);
			} catch (error) {
				return attemptFromError(error, server);
			}
		};
		const result = this.sendWhenFree(
			async () => await this.sendWithRetries(attempt, { idempotent: true, maxRetries }, health),
		);
		return await this.runCancellation.race(result);
	}

	/**
	 * Waits for some time.
	 *
	 * @param ms how long, in milliseconds
	 * @param wake ends the wait early
	 * @throws the reason if the run is canceled
	 */
	async pause(ms: number, wake?: Promise<unknown>): Promise<void> {
		let until = Date.now() + ms;
		const woken = wake?.then(() => (until = 0));
		const slept = this.runCancellation.sleepUntil(() => until);
		await this.runCancellation.race(woken ? Promise.race([slept, woken]) : slept);
		this.runCancellation.throwIfCanceled();
	}

	/** Sends as soon as the limit on requests in flight allows it. */
	private async sendWhenFree(
		send: () => Promise<ApiResponse>,
		semaphore = this.semaphore,
	): Promise<ApiResponse> {
		const release = await semaphore.acquire();
		let succeeded = false;
		try {
			const response = await send();
			succeeded = response.ok;
			return response;
		} finally {
			// A failure may end the run: let the item do so before the next request takes the slot.
			if (succeeded) release();
			else void sleep(0).then(release);
		}
	}

	private async sendWithRetries(
		attempt: () => Promise<Attempt>,
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
			await this.runCancellation.sleepUntil(() => Math.max(notBefore, health.readyAt));
			this.runCancellation.throwIfCanceled();
			const refusal = health.checkBeforeSending();
			if (refusal) return { ok: false, failure: refusal, fromApi: false, uncertain };
			beforeAttempt?.();
			const { response, retry, isOutage } = await attempt();
			if (!isOutage) health.recordResponse();
			if (response.ok) return response;
			uncertain ||= response.uncertain === true;
			// 409: an earlier attempt with the same idempotency key, whose response we missed, is still running.
			const isStillRunning = idempotent && uncertain && response.failure.statusCode === 409;
			const isRepeatable = isStillRunning || (retry && (idempotent || retry.hadNoEffect));
			const outcome: FailedResponse = { ...response, uncertain, isTemporary: retry !== undefined };
			const waitMs = backoffMs(retry?.isRateLimit === true, retries, response.retryAfterMs);
			const isTooLong = retry !== undefined && waitMs > MAX_WAIT_MS;
			if (isTooLong) outcome.failure = health.refuse(Date.now() + waitMs, response.failure);
			if (!isRepeatable || isTooLong || retries >= maxRetries || !mayRetry(outcome)) {
				if (isOutage) health.recordFailure(response.failure);
				return outcome;
			}
			const retryAt = Date.now() + waitMs;
			const pausesAll = retry?.isRateLimit === true || response.retryAfterMs !== undefined;
			if (pausesAll) health.pause(retryAt);
			else notBefore = retryAt;
		}
	}
}

/** The server that the credential names. @throws n8n's or the credential's error if it is missing or invalid */
async function resolveApiServer(context: IAllExecuteFunctions): Promise<TargetServer> {
	const { baseUrl } = await context.getCredentials('syncApi');
	return createApiServer(normalizeBaseUrl(baseUrl));
}
