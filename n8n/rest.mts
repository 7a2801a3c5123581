/** How long (ms) n8n gets for one answer; an execution with 10,000 items takes it some seconds to read. */
const ANSWER_LIMIT = 60_000;

/** n8n binds a login to the browser that made it; any constant will do. */
const BROWSER_ID = 'n8n-nodes-sync-so';

/** What n8n's REST answered, when that is not a success. */
export class RestError extends Error {
	/**
	 * @param request method and path
	 * @param status the HTTP status
	 * @param answer n8n's own words
	 */
	constructor(
		readonly request: string,
		readonly status: number,
		readonly answer: string,
	) {
		super(`${request}: ${status} ${answer}`);
		this.name = 'RestError';
	}
}

/** One person's session with the REST interface that n8n's editor uses. */
export class RestSession {
	private cookies = new Map<string, string>();

	/** @param url where n8n is, without a slash at the end */
	constructor(readonly url: string) {}

	/** Sends one request under `/rest` and gives the `data` of the answer. @throws RestError */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const { data } = (await this.fetchJson(method, `/rest${path}`, body)) as { data: T };
		return data;
	}

	/** Sends one request and gives the whole JSON of the answer. @throws RestError */
	async fetchJson(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				// n8n has no time for anything else while a node works through thousands of items. A kept connection is then
				// idle for too long, and n8n closes it before it looks for the request on it.
				connection: 'close',
				'content-type': 'application/json',
				'browser-id': BROWSER_ID,
				cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(ANSWER_LIMIT),
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
