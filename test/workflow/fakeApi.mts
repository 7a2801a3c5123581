import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUuid } from '../../nodes/shared/transport/ids.ts';
import type { Asset } from '../../nodes/shared/items/assetItem.ts';
import type { HttpResponse } from '../unit/responses.mts';
import { RESPONSES } from '../unit/responses.mts';
import { CREDENTIAL } from './engine.mts';
import type { HttpServer } from './httpServer.mts';
import { startHttpServer } from './httpServer.mts';

/** A request as it came over the wire. */
export interface SentRequest {
	method: string;
	/** As sent: not decoded, not normalised. */
	url: string;
	headers: IncomingMessage['headers'];
	/** What was sent as JSON, or as text of another kind; undefined where nothing was. */
	body: unknown;
	/** The IDs of a combined look-up. */
	ids: string[];
}

/**
 * `reset` breaks the connection, `never` gives no answer, `truncated` ends in the middle of the body, `stalled` stays
 * there, `garbled` is not HTTP from some point on.
 */
export type FakeResponse = HttpResponse | 'reset' | 'never' | 'truncated' | 'stalled' | 'garbled';

export type Responder = (sent: SentRequest) => FakeResponse;

/** A server on this machine that records what it is asked, and answers as the test says. */
export class FakeApi {
	readonly sent: SentRequest[] = [];

	respond: Responder = () => RESPONSES.notFound;

	/** Called with every request once it has been recorded. */
	onSent?: () => void;

	private server?: HttpServer;

	async start(): Promise<void> {
		this.server = await startHttpServer((request, response) => void this.handle(request, response));
	}

	async stop(): Promise<void> {
		await this.server?.close();
	}

	/** Host and port, as messages name them. */
	get host(): string {
		return String(this.server?.host);
	}

	get url(): string {
		return `http://${this.host}`;
	}

	/** A credential that leads here. */
	get credential() {
		return { ...CREDENTIAL, baseUrl: this.url };
	}

	/** Method and raw address of every request, in the order of their arrival. */
	get lines(): string[] {
		return this.sent.map(({ method, url }) => `${method} ${url}`);
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const text = Buffer.concat(chunks).toString();
		const { method = '', url = '', headers } = request;
		const isForm = headers['content-type']?.startsWith('multipart/') === true;
		const body = (text && !isForm ? JSON.parse(text) : text || undefined) as
			| { ids?: string[] }
			| undefined;
		const sent = { method, url, headers, body, ids: body?.ids ?? [] };
		this.sent.push(sent);
		this.onSent?.();
		write(response, this.respond(sent));
	}
}

function write(response: ServerResponse, answer: FakeResponse): void {
	if (answer === 'never') return;
	if (answer === 'reset') {
		response.socket?.resetAndDestroy();
		return;
	}
	if (answer === 'truncated' || answer === 'stalled') {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
		const isCut = answer === 'truncated';
		response.write('{"id":"550e8400', () => isCut && response.socket?.destroy());
		return;
	}
	if (answer === 'garbled') {
		response.socket?.end('HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n');
		return;
	}
	const { body } = answer;
	const isText = typeof body === 'string';
	response.writeHead(answer.status, {
		'content-type': isText ? 'text/plain' : 'application/json',
		...answer.headers,
	});
	const text = isText ? body : JSON.stringify(body);
	if (answer.inPieces) void writeInPieces(response, text);
	else response.end(text);
}

async function writeInPieces(response: ServerResponse, text: string): Promise<void> {
	for (const piece of text.match(/.{1,20}/gs) ?? []) {
		response.write(piece);
		await sleep(20);
	}
	response.end();
}

/** What the library holds under an ID in lower case; IDs that are not in it are missing. */
export type Library = Record<string, Asset | FakeResponse>;

const isResponse = (entry: Asset | FakeResponse): entry is FakeResponse =>
	typeof entry === 'string' || 'status' in entry;

/** Answers as the API does: single look-ups, and combined ones of 1 to 100 UUIDs, which leave out what is missing. */
export function serveAssets(library: Library): Responder {
	const entry = (asked: string) => {
		const id = asked.toLowerCase();
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

/** The query of a request, decoded. */
export const parseQuery = ({ url }: SentRequest): Record<string, string> =>
	Object.fromEntries(new URL(url, 'http://localhost').searchParams);

/** Answers a list as the API does: so many things a page as the query says, and a cursor while there are more. */
export const servePages =
	(things: object[]): Responder =>
	(sent) => {
		const { limit = '10', cursor = '0' } = parseQuery(sent);
		const [start, end] = [Number(cursor), Number(cursor) + Number(limit)];
		const nextCursor = end < things.length ? String(end) : null;
		return { status: 200, body: { items: things.slice(start, end), nextCursor } };
	};

/** Gives every test of a file a fresh server. */
export function useFakeApi(): { readonly api: FakeApi } {
	const holder = { api: new FakeApi() };
	beforeEach(async () => {
		holder.api = new FakeApi();
		await holder.api.start();
	});
	afterEach(async () => await holder.api.stop());
	return holder;
}
