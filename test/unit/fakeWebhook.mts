import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { FakeServer, NODE } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

/** The secret that signs calls by default. */
export const SECRET = 'whsec_test';

/** The path at which the API returns its secret. */
export const SECRET_PATH = '/v2/organizations/webhook/secret';

/** The body of a call. An object is sent as JSON. */
export type WebhookBody = object | string | Buffer;

/** A call of a webhook, and the node and the API that it meets. */
export interface WebhookCase {
	body?: WebhookBody;
	/** The secret that signs the call. */
	secret?: string;
	/** How long ago the call was signed, in seconds. */
	age?: number;
	/** Whether the call is signed. */
	isSigned?: boolean;
	/** The secret in the credential. */
	ownSecret?: string;
	/** Default: another account each time, because secrets are cached by account. */
	apiKey?: string;
	/** The ID of the credential. Without it, nothing is remembered of it. */
	credentialId?: string;
	/** The API's response to a request for its secret. */
	secretResponse?: HttpResponse | (() => HttpResponse);
	/** The API's response to other requests. */
	state?: HttpResponse;
	/** The fields of the node. */
	fields?: Record<string, unknown>;
	/** Whether the fields of the node cannot be read. */
	isBroken?: boolean;
	mode?: 'webhook' | 'manual';
	/** Default: a workflow that nothing is remembered of. */
	workflowId?: string;
	staticData?: IDataObject;
}

/** Signs a body like sync.so. @param age how long ago, in seconds */
export function sign(rawBody: Buffer, secret = SECRET, age = 0): string {
	const time = Math.floor(Date.now() / 1000) - age;
	const mac = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest('hex');
	return `t=${time},v1=${mac}`;
}

/** Encodes the body of a call. */
export const encodeBody = (body: WebhookBody): Buffer =>
	Buffer.isBuffer(body)
		? body
		: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

/** Plays the part of n8n that calls a node's webhook. */
export class FakeWebhook {
	readonly context: IWebhookFunctions;

	/** What the node sent to the caller itself. */
	readonly callerResponses: Array<{ status: number; body: unknown }> = [];

	/** How often the node read the credential. */
	credentialReads = 0;

	private readonly server: FakeServer;

	constructor({
		body = {},
		secret = SECRET,
		age = 0,
		isSigned = true,
		ownSecret = SECRET,
		apiKey = randomUUID(),
		credentialId,
		secretResponse = RESPONSES.internalError,
		state = RESPONSES.internalError,
		fields = {},
		isBroken = false,
		mode = 'webhook',
		workflowId = randomUUID(),
		staticData = {},
	}: WebhookCase) {
		const rawBody = encodeBody(body);
		this.server = new FakeServer(({ url }) => {
			if (url !== SECRET_PATH) return state;
			return typeof secretResponse === 'function' ? secretResponse() : secretResponse;
		});
		this.context = {
			...this.server.context,
			getMode: () => mode,
			getNode: () => ({
				...NODE,
				...(credentialId && { credentials: { syncApi: { id: credentialId, name: 'Sync API' } } }),
			}),
			getWorkflow: () => ({ id: workflowId }),
			getWorkflowStaticData: () => staticData,
			getNodeParameter: (name: string, fallback: unknown) => {
				if (isBroken) throw new Error('The expression could not be evaluated');
				return fields[name] ?? fallback;
			},
			getBodyData: () => body,
			getHeaderData: () => (isSigned ? { 'sync-signature': sign(rawBody, secret, age) } : {}),
			getRequestObject: () => ({ rawBody }),
			getCredentials: () => {
				this.credentialReads++;
				return Promise.resolve({ apiKey, webhookSecret: ownSecret });
			},
			getResponseObject: () => ({
				status: (status: number) => ({
					json: (sent: unknown) => this.callerResponses.push({ status, body: sent }),
				}),
			}),
		} as unknown as IWebhookFunctions;
	}

	/** The paths of the requests to the API. */
	get requested(): string[] {
		return this.server.requests.map(({ url }) => url);
	}
}
