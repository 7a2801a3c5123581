/** In ms. n8n takes several seconds to read an execution with 10,000 items. */
const REQUEST_TIMEOUT = 60_000;

/** n8n binds a session to the browser that logged in. Any constant works. */
const BROWSER_ID = 'n8n-nodes-sync-so';

/** An error response of n8n's REST API. */
export class RestError extends Error {
	/**
	 * @param request method and path
	 * @param status the HTTP status
	 * @param detail n8n's error message, or the start of the response body
	 */
	constructor(
		readonly request: string,
		readonly status: number,
		readonly detail: string,
	) {
		super(`${request}: ${status} ${detail}`);
		this.name = 'RestError';
	}
}

/** A user's session with the REST API that n8n's editor uses. */
export class RestSession {
	private cookies = new Map<string, string>();

	/** @param url n8n's base URL, without a trailing slash */
	constructor(readonly url: string) {}

	/** Sends a request to a path below `/rest` and returns the `data` of the response. @throws RestError */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const { data } = (await this.fetchJson(method, `/rest${path}`, body)) as { data: T };
		return data;
	}

	/** Sends a request and returns the JSON of the response. @throws RestError */
	async fetchJson(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				// While a node processes thousands of items, n8n handles nothing else. Afterwards it closes a keep-alive
				// connection as idle before it reads the request.
				connection: 'close',
				'content-type': 'application/json',
				'browser-id': BROWSER_ID,
				cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(REQUEST_TIMEOUT),
		});
		for (const cookie of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (name) this.cookies.set(name, value);
		}
		const text = await response.text();
		const json = parseJson(text);
		if (response.ok && json !== undefined) return json;
		const { message } = (json ?? {}) as { message?: string };
		throw new RestError(`${method} ${path}`, response.status, message ?? text.slice(0, 500));
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
