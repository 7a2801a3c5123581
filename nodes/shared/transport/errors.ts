import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { HINT_BY_CODE } from './hints';

/** What went wrong for one item, in the words that reach the user. */
export interface Failure {
	/** What happened. */
	message: string;
	/** HTTP status; 0 when no answer came or nothing was sent. */
	statusCode: number;
	/** The API's stable code, e.g. `asset_not_found`. */
	errorCode: string | null;
	/** How to get unstuck. */
	hint: string | null;
	/** For the vendor's support. */
	requestId: string | null;
}

/** Ends the work on one item from anywhere inside of an operation; never leaves the node: see `operation.ts`. */
export class FailureError extends Error {
	/** @param errorFields which of several things it is about, e.g. `{ assetId: '…' }` */
	constructor(
		readonly failure: Failure,
		readonly errorFields: IDataObject = {},
	) {
		super(failure.message);
	}
}

/** Messages and hints by HTTP status, for answers that bring no words of their own. */
const BY_STATUS: Record<number, { message: string; hint: string }> = {
	400: {
		message: 'sync.so did not accept the request',
		hint: 'Check the values of the fields in this node',
	},
	401: {
		message: 'sync.so refused the API key',
		hint: 'Check the API key in the Sync API credential, or make a new one at https://sync.so/settings/api-keys',
	},
	402: {
		message: 'The sync.so account cannot pay for this',
		hint: 'Check plan and billing at https://sync.so/settings',
	},
	403: {
		message: 'This API key is not allowed to do that',
		hint: 'Use an API key of the member who owns it, or ask an admin of the organization',
	},
	404: {
		message: 'There is no Sync API at this address',
		hint: 'Check the Base URL in the Sync API credential',
	},
	408: { message: 'sync.so took too long to read the request', hint: 'Try again in a minute' },
	422: {
		message: 'sync.so could not process the values that were sent',
		hint: 'Check the values of the fields in this node',
	},
	429: {
		message: 'sync.so is getting too many requests',
		hint: 'Lower Max Concurrent Requests or raise Max Retries under Options, or run fewer workflows at once',
	},
	500: {
		message: 'sync.so had an internal fault',
		hint: 'Try again later; if it stays, give the request ID to the support of sync.so',
	},
	502: { message: 'sync.so is not reachable behind its gateway', hint: 'Try again in a minute' },
	503: { message: 'sync.so is not available at the moment', hint: 'Try again in a minute' },
	504: { message: 'sync.so did not answer its gateway in time', hint: 'Try again in a minute' },
};

/** The API answers in JSON: a web page comes from something in between. */
const BLOCKED = {
	message: 'A firewall or proxy between n8n and sync.so refused the request',
	hint: 'Ask whoever runs the network of n8n to allow the Base URL in the Sync API credential',
};

/** Text that says something; null for anything else. */
export const nonEmptyText = (value: unknown): string | null =>
	typeof value === 'string' && value.trim() !== '' ? value : null;

/**
 * The API's error body, when the answer has one: a JSON object with a message that is not the framework's word for
 * an address it does not know (`Cannot GET /…`).
 */
export function parseErrorBody(response: IN8nHttpFullResponse): IDataObject | undefined {
	const body = response.body as unknown;
	if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
	const isUnknownAddress = response.statusCode === 404 && /^Cannot [A-Z]+ /.test(`${body.message}`);
	return isUnknownAddress ? undefined : (body as IDataObject);
}

/**
 * What an answer outside 2xx means. The message is the API's own where it says more than the status does (never for
 * 401, whose texts speak of cookies and headers); the hint is the API's suggestion, else ours.
 */
export function failureFromResponse(response: IN8nHttpFullResponse): Failure {
	const { statusCode, headers } = response;
	const body = parseErrorBody(response);
	const errorCode = nonEmptyText(body?.errorCode);
	const words = Array.isArray(body?.message)
		? body.message.join('; ')
		: nonEmptyText(body?.message);
	const isRedirect = statusCode >= 300 && statusCode < 400;
	const isPage = typeof response.body === 'string' && /^\s*</.test(response.body);
	const usual = isRedirect
		? {
				message: 'The server sent the request to another address',
				hint: `Set the Base URL in the Sync API credential to the final address${
					nonEmptyText(headers.location) ? `; the answer names ${String(headers.location)}` : ''
				}`,
			}
		: statusCode === 403 && isPage
			? BLOCKED
			: (BY_STATUS[statusCode] ?? {
					message: `sync.so answered with status ${statusCode}`,
					hint: statusCode >= 500 ? 'Try again in a minute' : BY_STATUS[400].hint,
				});
	return {
		message: (statusCode !== 401 && words) || usual.message,
		statusCode,
		errorCode,
		hint:
			nonEmptyText(body?.suggestion) ??
			(errorCode === null ? undefined : HINT_BY_CODE[errorCode]) ??
			usual.hint,
		requestId: nonEmptyText(body?.requestId) ?? nonEmptyText(headers['x-request-id']),
	};
}

/**
 * What a success means whose body is not what it should be: another server, or an answer that was cut.
 *
 * @param expected what it should be, e.g. `an asset`
 */
export function unexpectedBodyFailure(expected: string, body: unknown): Failure {
	const isText = typeof body === 'string' && body !== '';
	return resultFailure(
		`sync.so answered, but not with ${expected}`,
		`Check the Base URL in the Sync API credential${isText ? '' : '; try again in a minute'}`,
	);
}

/** Ends the work on an item because a response does not have the expected body. See {@link unexpectedBodyFailure}. */
export const unexpectedBodyError = (expected: string, body: unknown): FailureError =>
	new FailureError(unexpectedBodyFailure(expected, body));

/** What is wrong with a value that was typed in or came from an expression. Nothing has been sent. */
export const inputFailure = (message: string, hint: string): Failure => ({
	message,
	statusCode: 0,
	errorCode: null,
	hint,
	requestId: null,
});

/** Ends the work on an item because of a value from the form or an expression. See {@link inputFailure}. */
export const inputError = (message: string, hint: string): FailureError =>
	new FailureError(inputFailure(message, hint));

/** What is wrong with a result, although the request itself succeeded. */
export const resultFailure = (
	message: string,
	hint: string | null,
	errorCode: string | null = null,
): Failure => ({ message, statusCode: 200, errorCode, hint, requestId: null });

/**
 * What comes out for an item that failed, for a node that is set to continue.
 *
 * The item holds nothing but `error` and later its pairing, and no `item.error`: n8n 1.x and 2.x then send it to the
 * error output as it is and merge the input item under it.
 *
 * @param errorFields which thing was asked for, e.g. `{ assetId: '…' }`
 */
export const errorItem = (failure: Failure, errorFields: IDataObject): INodeExecutionData => ({
	json: { error: { ...failure, ...errorFields } },
});

/** This many of the things that were created are named in an error's description. All of them are in its data. */
const MAX_LISTED = 20;

/** What was created before an error, in words. */
function listCreated(created: IDataObject[]): string | null {
	if (created.length === 0) return null;
	const named = created.slice(0, MAX_LISTED).map(({ item, ...ids }) => {
		const facts = Object.entries(ids).map(([name, id]) => `${name} ${String(id)}`);
		return `item ${String(item)}: ${facts.join(', ')}`;
	});
	const more = created.length - named.length;
	return `Already created, and kept by Retry: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/**
 * The error that stops a workflow because of an item.
 *
 * @param errorFields which thing was asked for, e.g. `{ assetId: '…' }`
 * @param created what the items of the run have created that costs money
 * @returns a NodeApiError, or a NodeOperationError if nothing reached the API
 */
export function createNodeError(
	context: Pick<IExecuteSingleFunctions, 'getItemIndex' | 'getNode'>,
	failure: Failure,
	errorFields: IDataObject,
	created: IDataObject[] = [],
): NodeApiError | NodeOperationError {
	const { message, statusCode, hint, requestId } = failure;
	const facts = [hint, requestId && `Request ID: ${requestId}`, listCreated(created)];
	const description = facts.filter(Boolean).join('. ');
	const [node, itemIndex] = [context.getNode(), context.getItemIndex()];
	const error =
		statusCode === 0
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message },
					{ message, description, httpCode: String(statusCode), itemIndex },
				);
	error.context.data = { ...failure, ...errorFields, ...(created.length > 0 && { created }) };
	return error;
}
