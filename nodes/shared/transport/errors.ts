import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { explainApiMessages } from './apiMessages';
import { explainToAgent, isTool, locateFailure } from './failureMessage';
import { findHint } from './hints';

/** Why an item failed, as shown to the user. */
export interface Failure {
	/** What happened. */
	message: string;
	/** HTTP status; 0 if there was no response or nothing was sent. */
	statusCode: number;
	/** The API's stable code, e.g. `asset_not_found`. */
	errorCode: string | null;
	/** What the user can do about it. */
	hint: string | null;
	/** Identifies the request to sync.so support. */
	requestId: string | null;
}

/** Fails the current item from anywhere in an operation. n8n gets an error item or a node error instead of it. */
export class FailureError extends Error {
	/** @param errorFields further fields of the error item, e.g. `{ assetId: '…' }` if the item has several assets */
	constructor(
		readonly failure: Failure,
		readonly errorFields: IDataObject = {},
	) {
		super(failure.message);
	}
}

/** Messages and hints by HTTP status, for responses that have none of their own. */
const DEFAULTS_BY_STATUS: Record<number, { message: string; hint: string }> = {
	400: {
		message: 'sync.so rejected the request',
		hint: 'Check the values of the fields in this node',
	},
	401: {
		message: 'sync.so rejected the API key',
		hint: 'Check the API key in the Sync API credential, or create a new one at https://sync.so/settings/api-keys',
	},
	402: {
		message: "Your sync.so account can't pay for this request",
		hint: 'Check your plan and billing at https://sync.so/settings',
	},
	403: {
		message: 'This API key has no permission for this operation',
		hint: 'Use the API key of the owner, or ask an admin of your organization',
	},
	404: {
		message: 'There is no Sync API at this address',
		hint: "Check the 'Base URL' in the Sync API credential",
	},
	408: {
		message: 'sync.so timed out reading the request',
		hint: 'Run the workflow again in a minute',
	},
	422: {
		message: "sync.so could not process the request's values",
		hint: 'Check the values of the fields in this node',
	},
	429: {
		message: 'sync.so received too many requests',
		hint: "Lower 'Max Concurrent Requests' or raise 'Max Retries' under 'Options', or run fewer workflows at the same time",
	},
	500: {
		message: 'sync.so had an internal error',
		hint: 'Run the workflow again later. If it keeps failing, contact sync.so support with the request ID',
	},
	502: {
		message: 'sync.so is unreachable behind its gateway',
		hint: 'Run the workflow again in a minute',
	},
	503: {
		message: 'sync.so is not available at the moment',
		hint: 'Run the workflow again in a minute',
	},
	504: {
		message: 'sync.so did not respond to its gateway in time',
		hint: 'Run the workflow again in a minute',
	},
};

/** The API responds with JSON, so a 403 with an HTML page comes from another server on the way to it. */
const BLOCKED_BY_FIREWALL = {
	message: 'A firewall or proxy between n8n and sync.so blocked the request',
	hint: "Ask your network administrator to allow the 'Base URL' in the Sync API credential",
};

/** The value if it is text and not blank; null otherwise. */
export const nonEmptyText = (value: unknown): string | null =>
	typeof value === 'string' && value.trim() !== '' ? value : null;

/**
 * The API's error body: a JSON object with a message. Undefined for any other body, including the 404 of the API's web
 * framework for an unknown route (`Cannot GET /…`).
 */
export function parseErrorBody(response: IN8nHttpFullResponse): IDataObject | undefined {
	const body = response.body as unknown;
	if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
	const { message } = body;
	const isUnknownRoute =
		response.statusCode === 404 && /^Cannot [A-Z]+ /.test(nonEmptyText(message) ?? '');
	return isUnknownRoute ? undefined : (body as IDataObject);
}

/**
 * Converts a response outside 2xx to a failure. Uses the API's message if there is one, except for 401, whose messages
 * are about cookies and headers. Uses the API's suggestion as the hint if there is one.
 */
export function failureFromResponse(response: IN8nHttpFullResponse): Failure {
	const { statusCode, headers } = response;
	const body = parseErrorBody(response);
	const errorCode = nonEmptyText(body?.errorCode);
	const apiMessages = [body?.message].flat().flatMap((message) => nonEmptyText(message) ?? []);
	const apiMessage = explainApiMessages(apiMessages, errorCode);
	const isRedirect = statusCode >= 300 && statusCode < 400;
	const isHtml = typeof response.body === 'string' && /^\s*</.test(response.body);
	const fallback = isRedirect
		? {
				message: 'The server redirected the request',
				hint: `Set the 'Base URL' in the Sync API credential to the final address${
					nonEmptyText(headers.location)
						? `. The redirect leads to ${String(headers.location)}`
						: ''
				}`,
			}
		: statusCode === 403 && isHtml
			? BLOCKED_BY_FIREWALL
			: (DEFAULTS_BY_STATUS[statusCode] ?? {
					message: `sync.so responded with status ${statusCode}`,
					hint:
						statusCode >= 500 ? 'Run the workflow again in a minute' : DEFAULTS_BY_STATUS[400].hint,
				});
	return {
		message: (statusCode !== 401 && apiMessage) || fallback.message,
		statusCode,
		errorCode,
		hint: nonEmptyText(body?.suggestion) ?? findHint(errorCode) ?? fallback.hint,
		requestId: nonEmptyText(body?.requestId) ?? nonEmptyText(headers['x-request-id']),
	};
}

/**
 * The failure for a 2xx response with an unexpected body: another server responded, or the response was cut off.
 *
 * @param expected what the body should be, e.g. `an asset`
 */
export function unexpectedBodyFailure(expected: string, body: unknown): Failure {
	const isText = typeof body === 'string' && body !== '';
	return resultFailure(
		`The response from sync.so is not ${expected}`,
		`Check the 'Base URL' in the Sync API credential${isText ? '' : ', or run the workflow again in a minute'}`,
	);
}

/** {@link unexpectedBodyFailure} as an error to throw. */
export const unexpectedBodyError = (expected: string, body: unknown): FailureError =>
	new FailureError(unexpectedBodyFailure(expected, body));

/** The failure for an invalid value from the form or an expression. Nothing was sent. */
export const inputFailure = (message: string, hint: string): Failure => ({
	message,
	statusCode: 0,
	errorCode: null,
	hint,
	requestId: null,
});

/** {@link inputFailure} as an error to throw. */
export const inputError = (message: string, hint: string): FailureError =>
	new FailureError(inputFailure(message, hint));

/** The failure for an unusable result of a request that succeeded. */
export const resultFailure = (
	message: string,
	hint: string | null,
	errorCode: string | null = null,
): Failure => ({ message, statusCode: 200, errorCode, hint, requestId: null });

/**
 * The output for a failed item if the node continues on error.
 *
 * The item's JSON has only `error`, and the item itself has no `error` property. n8n 1.x and 2.x then route it to the
 * error output and merge the input item's JSON into it.
 *
 * @param errorFields identify what was requested, e.g. `{ assetId: '…' }`
 * @param node that may be the tool of an AI agent, which needs the whole explanation in the message
 */
export function errorItem(
	failure: Failure,
	errorFields: IDataObject,
	node?: INode,
): INodeExecutionData {
	const message = node && isTool(node) ? explainToAgent(failure, errorFields) : failure.message;
	return { json: { error: { ...failure, message, ...errorFields } } };
}

/** Whether an output is an {@link errorItem}. Unlike an object with an `error` field, it has no other field. */
export const isErrorItem = ({ json }: INodeExecutionData): boolean =>
	Object.keys(json).join() === 'error';

/** Maximum number of created objects in an error's description. The error's data has all of them. */
const MAX_LISTED = 20;

/** Describes what the run created before an error; null if nothing. */
function describeCreated(created: IDataObject[]): string | null {
	if (created.length === 0) return null;
	const listed = created.slice(0, MAX_LISTED).map(({ item, ...ids }) => {
		const details = Object.entries(ids).map(([name, id]) => `${name} ${String(id)}`);
		return `item ${String(item)}: ${details.join(', ')}`;
	});
	const unlisted = created.length - listed.length;
	return `Already created, and kept by Retry: ${listed.join('; ')}${unlisted > 0 ? `; and ${unlisted} more` : ''}`;
}

/**
 * Creates the error with which an item stops the workflow.
 *
 * @param errorFields identify what was requested, e.g. `{ assetId: '…' }`
 * @param created the paid things that the run has created, each with its item's index
 * @param itemCount the number of items of the run; with several, the message says which one failed
 * @returns a NodeApiError, or a NodeOperationError if there was no response
 */
export function createNodeError(
	context: Pick<IExecuteSingleFunctions, 'getItemIndex' | 'getNode'>,
	failure: Failure,
	errorFields: IDataObject,
	created: IDataObject[] = [],
	itemCount = 1,
): NodeApiError | NodeOperationError {
	const { statusCode, hint, requestId } = failure;
	const [node, itemIndex] = [context.getNode(), context.getItemIndex()];
	const forAgent = isTool(node);
	const message = forAgent
		? explainToAgent(failure, errorFields)
		: locateFailure(failure, errorFields, itemCount > 1 ? itemIndex : undefined);
	const details = [
		forAgent ? null : hint,
		requestId && `Request ID: ${requestId}`,
		describeCreated(created),
	];
	const description = details.filter(Boolean).join('. ');
	const error =
		statusCode === 0
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message },
					{ message, description, httpCode: String(statusCode), itemIndex },
				);
	// n8n replaces a message that contains an error code such as EACCES, which may be part of an ID.
	error.message = message;
	error.context.data = { ...failure, ...errorFields, ...(created.length > 0 && { created }) };
	return error;
}
