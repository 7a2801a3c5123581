import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { normalizeBaseUrl } from '../credentials/SyncApi.credentials.ts';
import { failureFromResponse, type Failure } from '../nodes/shared/transport/errors.ts';
import { createApiServer, failureFromError } from '../nodes/shared/transport/networkErrors.ts';

/** In ms. */
const REQUEST_TIMEOUT = 60_000;

/** The error codes of `fetch` that Node.js has other codes for. */
const FETCH_CODES: Record<string, string> = {
	UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_HEADERS_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_BODY_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_SOCKET: 'ECONNRESET',
};

/** A response of the Sync API. */
export interface ApiResponse {
	status: number;
	headers: Headers;
	/** Parsed JSON, or the text if it isn't JSON. */
	body: unknown;
}

/** What to send with a request. */
export interface RequestContent {
	/** Sent as JSON. */
	body?: unknown;
	/** Whether to send the API key. Default: true. */
	authenticate?: boolean;
}

/** Says what happened and what to do, as the nodes do. */
function describeFailure({ message, hint }: Failure): string {
	return hint ? `${message.replace(/\.$/, '')}. ${hint}` : message;
}

/** Sends requests to the Sync API from tools. Its errors have the words of the nodes. */
export class ApiClient {
	/** The base URL, without a trailing slash. The API key is sent nowhere else. */
	readonly url: string;

	private readonly apiKey: string;

	/** @throws Error if the base URL isn't encrypted, or the key is malformed */
	constructor(url: string, apiKey: string) {
		try {
			this.url = normalizeBaseUrl(url);
		} catch (error) {
			throw new Error(describeFailure(failureFromError(error)), { cause: error });
		}
		this.apiKey = apiKey.trim();
		if (/^[\x21-\x7e]+$/.test(this.apiKey)) return;
		throw new Error('The API key contains invalid characters. Copy it again from sync.so');
	}

	/** Sends a request and returns the response, whatever its status. @throws Error if there is no response */
	async send(
		method: string,
		path: string,
		{ body, authenticate = true }: RequestContent = {},
	): Promise<ApiResponse> {
		try {
			const response = await fetch(`${this.url}${path}`, {
				method,
				headers: {
					...(authenticate && { 'x-api-key': this.apiKey }),
					...(body !== undefined && { 'content-type': 'application/json' }),
				},
				body: body === undefined ? undefined : JSON.stringify(body),
				// The redirect could lead to another server, and `fetch` would send it the key.
				redirect: 'manual',
				signal: AbortSignal.timeout(REQUEST_TIMEOUT),
			});
			const text = await response.text();
			return { status: response.status, headers: response.headers, body: parseJson(text) };
		} catch (error) {
			const failure = failureFromError(toNodeError(error), createApiServer(this.url));
			// Without the original error, which could hold the key.
			throw new Error(describeFailure(failure));
		}
	}

	/** Sends a request and returns the body of the response. @throws Error if it fails */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, path, { body });
		if (response.status >= 200 && response.status < 300) return response.body as T;
		throw new Error(describeResponse(response));
	}
}

/** Says why a request failed, and what to do. */
export function describeResponse({ status, headers, body }: ApiResponse): string {
	const response = { statusCode: status, headers: Object.fromEntries(headers), body };
	return describeFailure(failureFromResponse(response as IN8nHttpFullResponse));
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Converts an error of `fetch` to one with the code that Node.js has for it. */
function toNodeError(error: unknown): { code: string } {
	if ((error as Error).name === 'TimeoutError') return { code: 'ETIMEDOUT' };
	const { code } = ((error as Error).cause ?? {}) as { code?: string };
	return { code: code === undefined ? 'EHOSTUNREACH' : (FETCH_CODES[code] ?? code) };
}
