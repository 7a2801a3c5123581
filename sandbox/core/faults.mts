import type { Socket } from 'node:net';

import type { FastifyReply } from 'fastify';

import { delay } from './timers.mts';
import type { RecordedRequest } from './requestLog.mts';
import type { Rule } from './ruleList.mts';

/** A fault to inject into requests to the API or to the file storage. */
export interface Fault extends Rule {
	/** The requests to apply it to: those that meet every condition. Default: all. */
	match?: {
		method?: string;
		operationId?: string;
		pathContains?: string;
		bodyContains?: string;
	};
	/**
	 * `status`: send a response of its own · `reset`: reset the connection before the response · `hang`: never respond ·
	 * `cut`: close the connection in the middle of the response · `trickle`: only for downloads, send the rest of the file
	 * in small pieces, `delayMs` apart.
	 */
	kind: 'status' | 'reset' | 'hang' | 'cut' | 'trickle';
	/** HTTP status of the response. Default: 500, or the real status for `cut`. */
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, a string as it is. Default: nothing, or the real response for `cut`. */
	body?: string | object;
	/** Milliseconds to wait first. */
	delayMs?: number;
	/**
	 * Only for file transfers: the bytes to let through before a `reset`, `hang` or `cut`. By default, a `cut` without a
	 * body comes halfway through the file, and every other fault before it.
	 */
	afterBytes?: number;
	/** Only for downloads: whether to leave out the length of the file, so that its end is the end of the connection. */
	withoutLength?: boolean;
	/**
	 * Whether to handle the request first and apply the fault to its response. Applies to API requests and uploads. A `cut`
	 * then cuts the real response, unless the fault has a body.
	 */
	after?: boolean;
}

/** A response that a fault can replace or cut. */
interface Response {
	status: number;
	body: unknown;
}

/** What a `cut` sends half of when the request was not handled. */
const UNHANDLED: Response = { status: 200, body: { message: 'This response is cut off' } };

/**
 * Applies a fault instead of sending a response.
 *
 * @param response the real response, if the request was handled
 */
export async function applyFault(
	fault: Fault,
	reply: FastifyReply,
	response: Response = UNHANDLED,
): Promise<void> {
	const { kind, headers = {}, delayMs = 0 } = fault;
	await delay(delayMs);
	const body = fault.body ?? (kind === 'cut' ? response.body : '');
	const isText = typeof body === 'string';
	const content = Buffer.from(isText ? body : JSON.stringify(body));
	const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
	if (kind === 'status') {
		await reply
			.code(fault.status ?? 500)
			.headers({ 'content-type': type, ...headers })
			.send(content);
		return;
	}
	reply.hijack();
	const { socket } = reply.request.raw;
	if (kind !== 'cut') return breakConnection(kind, socket);
	reply.raw.writeHead(fault.status ?? response.status, {
		'content-type': type,
		...headers,
		'content-length': content.length,
	});
	reply.raw.write(content.subarray(0, content.length / 2), () => breakConnection(kind, socket));
}

/** Whether to apply a fault during a file transfer instead of before it. */
export const isMidTransfer = ({ kind, afterBytes, body }: Fault): boolean =>
	kind === 'trickle' ||
	(kind !== 'status' && (afterBytes !== undefined || (kind === 'cut' && body === undefined)));

/** Resets or closes the connection; with `hang`, leaves it open. */
export function breakConnection(kind: Fault['kind'], socket: Socket): void {
	if (kind === 'reset') socket.resetAndDestroy();
	if (kind === 'cut') socket.destroy();
}

/** Whether a fault applies to a request. */
export function matchesRequest({ match = {} }: Fault, request: RecordedRequest): boolean {
	const { method, operationId, pathContains = '', bodyContains = '' } = match;
	return (
		(method === undefined || method === request.method) &&
		(operationId === undefined || operationId === request.operationId) &&
		request.path.includes(pathContains) &&
		(bodyContains === '' || JSON.stringify(request.body).includes(bodyContains))
	);
}
