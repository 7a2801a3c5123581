import {
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type INode,
	NodeApiError,
} from 'n8n-workflow';

import { Cancellation } from '../../nodes/shared/transport/cancellation.ts';
import { Sender, type SendSettings } from '../../nodes/shared/transport/sender.ts';
import { type HttpResponse, toFullResponse } from './responses.mts';

/** The node that sends the requests. */
export const NODE = {
	id: 'node-1',
	name: 'Sync Asset',
	type: 'n8n-nodes-sync-so.syncAsset',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;

/** Answers a request: with a response, or with the error that n8n throws if there is none. */
export type Responder = (
	request: IHttpRequestOptions,
	count: number,
) => HttpResponse | Error | Promise<HttpResponse | Error>;

/** Plays the server behind n8n's HTTP helpers, without a network. */
export class FakeServer {
	readonly requests: IHttpRequestOptions[] = [];

	/** When each request was sent, by `Date.now()`. */
	readonly sentAt: number[] = [];

	inFlight = 0;

	mostInFlight = 0;

	/** What n8n passes to a node. */
	readonly context: IExecuteSingleFunctions;

	constructor(readonly respond: Responder) {
		this.context = {
			getNode: () => NODE,
			getCurrentNodeParameter: () => undefined,
			getCredentials: () => Promise.resolve({ baseUrl: 'https://api.sync.so' }),
			helpers: {
				httpRequestWithAuthentication: async (_credential: string, request: IHttpRequestOptions) =>
					await this.send(request),
				// The only helper for credential tests.
				request: async (request: IHttpRequestOptions) => await this.send(request),
			},
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

/** Creates a sender with the default settings. @param settings override them */
export const createSender = (settings: Partial<SendSettings> = {}, signal?: AbortSignal): Sender =>
	new Sender(
		{ maxConcurrent: 10, maxRetries: 5, timeout: 60, ...settings },
		Cancellation.from(signal),
	);

/** Creates a connection error as n8n's HTTP client throws it. */
export const createConnectionError = (code: string): Error & { code: string } =>
	Object.assign(new Error(`connect ${code}`), { code });

/** Creates a connection error as n8n wraps it. */
export const wrapConnectionError = (code: string): NodeApiError =>
	new NodeApiError(NODE, createConnectionError(code) as never);

/** Returns a value after some time. */
export const resolveAfter = async <T,>(ms: number, value: T): Promise<T> =>
	await new Promise((resolve) => setTimeout(() => resolve(value), ms));
