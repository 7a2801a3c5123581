import type { IExecuteSingleFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';
import { Cancellation } from '../../nodes/shared/transport/cancellation.ts';
import type { SendSettings } from '../../nodes/shared/transport/sender.ts';
import { Sender } from '../../nodes/shared/transport/sender.ts';
import { type HttpResponse, toFullResponse } from './responses.mts';

export const NODE = {
	id: 'node-1',
	name: 'Sync Asset',
	type: 'n8n-nodes-sync-so.syncAsset',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;

/** Answers a request: with a reply, or by throwing as n8n does when no answer comes. */
export type Responder = (
	request: IHttpRequestOptions,
	count: number,
) => HttpResponse | Error | Promise<HttpResponse>;

/** What nodes get from n8n, with a server behind it that `answer` plays. */
export class FakeServer {
	readonly requests: IHttpRequestOptions[] = [];

	/** When each request was sent, by `Date.now()`. */
	readonly sentAt: number[] = [];

	inFlight = 0;

	mostInFlight = 0;

	readonly context: IExecuteSingleFunctions;

	/** Answers a request without noting it, for a server that puts another one before it. */
	async response(request: IHttpRequestOptions, count: number): Promise<HttpResponse> {
		return (await this.respond(request, count)) as HttpResponse;
	}

	constructor(private readonly respond: Responder) {
		const send = async (_credential: string, request: IHttpRequestOptions) =>
			await this.send(request);
		this.context = {
			getNode: () => NODE,
			getCurrentNodeParameter: () => undefined,
			getCredentials: () => Promise.resolve({ baseUrl: 'https://api.sync.so' }),
			helpers: { httpRequestWithAuthentication: send },
		} as unknown as IExecuteSingleFunctions;
	}

	private async send(request: IHttpRequestOptions) {
		this.requests.push(request);
		this.sentAt.push(Date.now());
		this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
		try {
			const response = await this.respond(request, this.requests.length);
			if (response instanceof Error) throw response;
			return toFullResponse(response);
		} finally {
			this.inFlight--;
		}
	}
}

/** A sender with settings that differ from a person's untouched ones only where a test says so. */
export const createSender = (settings: Partial<SendSettings> = {}, signal?: AbortSignal): Sender =>
	new Sender(
		{ maxConcurrent: 10, maxRetries: 5, timeout: 60, ...settings },
		Cancellation.from(signal),
	);

/** An answer that takes a while. */
export const delay = async <T,>(ms: number, value: T): Promise<T> =>
	await new Promise((resolve) => setTimeout(() => resolve(value), ms));
