import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Asset } from '../../nodes/shared/items/assetItem.ts';
import { isUuid } from '../../nodes/shared/transport/ids.ts';
import { type HttpResponse, RESPONSES } from '../unit/responses.mts';
import { CREDENTIAL } from './engine.mts';
import { type HttpServer, startHttpServer } from './httpServer.mts';

/** A request that the node under test sent to a fake API. */
export interface SentRequest {
	method: string;
	/** As received: neither decoded nor normalized. */
	url: string;
	headers: IncomingMessage['headers'];
	/** Parsed JSON, or the text of a form or a file; undefined if there is none. */
	body: unknown;
	/** The IDs of a combined lookup. */
	ids: string[];
}

/**
 * How a request is answered. `reset` resets the connection, `never` sends nothing, `truncated` closes the connection in
 * the middle of the body, `stalled` stops sending there, and `garbled` sends an invalid chunk.
 */
export type FakeResponse = HttpResponse | 'reset' | 'never' | 'truncated' | 'stalled' | 'garbled';

/** Answers a request. */
export type Responder = (sent: SentRequest) => FakeResponse;

/** An HTTP server on this machine that plays the Sync API: it records each request and answers as the test says. */
export class FakeApi {
	readonly sent: SentRequest[] = [];

	respond: Responder = () => RESPONSES.notFound;

	/** Called after each request is recorded. */
	private onSent?: () => void;

	private server?: HttpServer;

	async start(): Promise<void> {
		this.server = await startHttpServer((request, response) => void this.handle(request, response));
	}

	async stop(): Promise<void> {
		await this.server?.close();
	}

	/** Waits until this many requests have been received. */
	async waitForRequests(count: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.onSent = () => {
				if (this.sent.length >= count) resolve();
			};
			this.onSent();
		});
	}

	/** The host and port, as error messages name them. */
	get host(): string {
		return String(this.server?.host);
	}

	get url(): string {
		return `http://${this.host}`;
	}

	/** A credential for this server. */
	get credential() {
		return { ...CREDENTIAL, baseUrl: this.url };
	}

	/** The method and raw URL of each request, in the order of arrival. */
	get requestLines(): string[] {
		return this.sent.map(({ method, url }) => `${method} ${url}`);
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const text = Buffer.concat(chunks).toString();
		const { method = '', url = '', headers } = request;
		const isJson = headers['content-type']?.includes('json') === true;
		const body = (text && isJson ? JSON.parse(text) : text || undefined) as
			| { ids?: string[] }
			| undefined;
		const sent = { method, url, headers, body, ids: body?.ids ?? [] };
		this.sent.push(sent);
		this.onSent?.();
		sendResponse(response, this.respond(sent));
	}
}

function sendResponse(output: ServerResponse, response: FakeResponse): void {
	if (response === 'never') return;
	if (response === 'reset') {
		output.socket?.resetAndDestroy();
		return;
	}
	if (response === 'truncated' || response === 'stalled') {
		output.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
		const isCut = response === 'truncated';
		output.write('{"id":"550e8400', () => isCut && output.socket?.destroy());
		return;
	}
	if (response === 'garbled') {
		output.socket?.end('HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n');
		return;
	}
	const { body } = response;
	const isText = typeof body === 'string';
	output.writeHead(response.status, {
		'content-type': isText ? 'text/plain' : 'application/json',
		...response.headers,
	});
	const text = isText ? body : JSON.stringify(body);
	if (response.inPieces) void writeInPieces(output, text);
	else output.end(text);
}

async function writeInPieces(output: ServerResponse, text: string): Promise<void> {
	for (const piece of text.match(/.{1,20}/gs) ?? []) {
		output.write(piece);
		await sleep(20);
	}
	output.end();
}

/** What is answered for each asset, by its ID in lower case. Assets with other IDs are missing. */
export type Library = Record<string, Asset | FakeResponse>;

const isResponse = (entry: Asset | FakeResponse): entry is FakeResponse =>
	typeof entry === 'string' || 'status' in entry;

/**
 * Answers lookups as the API does: single ones, and combined ones of 1 to 100 UUIDs, which leave out missing assets.
 */
export function serveAssets(library: Library): Responder {
	const entry = (requested: string) => {
		const id = requested.toLowerCase();
		return Object.hasOwn(library, id) ? library[id] : RESPONSES.notFound;
	};
	return ({ method, url, ids }) => {
		if (method === 'POST' && url === '/v2/assets/batch') {
			if (ids.length < 1 || ids.length > 100 || !ids.every(isUuid)) return RESPONSES.invalidId;
			return { status: 200, body: ids.map(entry).filter((found) => !isResponse(found)) };
		}
		const id = /^\/v2\/assets\/([^/?#]+)$/.exec(url)?.[1];
		if (method !== 'GET' || id === undefined) return RESPONSES.wrongAddress;
		const found = entry(decodeURIComponent(id));
		return isResponse(found) ? found : { status: 200, body: found };
	};
}

/** Parses the query of a request. */
export const parseQuery = ({ url }: SentRequest): Record<string, string> =>
	Object.fromEntries(new URL(url, 'http://localhost').searchParams);

/** Answers a list as the API does: as many entries as the query says, and a cursor if there are more. */
export const servePages =
	(entries: object[]): Responder =>
	(sent) => {
		const { limit = '10', cursor = '0' } = parseQuery(sent);
		const [start, end] = [Number(cursor), Number(cursor) + Number(limit)];
		const nextCursor = end < entries.length ? String(end) : null;
		return { status: 200, body: { items: entries.slice(start, end), nextCursor } };
	};

/** Starts a server of its own for each test of a block. */
export function useFakeApi(): { readonly api: FakeApi } {
	const holder = { api: new FakeApi() };
	beforeEach(async () => {
		holder.api = new FakeApi();
		await holder.api.start();
	});
	afterEach(async () => await holder.api.stop());
	return holder;
}

/** Reads the idempotency key of a request. */
export const readIdempotencyKey = ({
	headers,
}: {
	headers: Record<string, unknown>;
}): string | undefined => headers['idempotency-key'] as string | undefined;
