import type { Socket } from 'node:net';

import type { FastifyReply } from 'fastify';

import type { LoggedRequest } from './requestLog.mts';
import type { Rule } from './ruleList.mts';
import { delay } from './timers.mts';

/** A fault to inject into requests to the API or to the file storage. */
export interface Fault extends Rule {
	/** Applies the fault only to requests that meet all conditions. Default: all requests. */
	match?: {
		method?: string;
		operationId?: string;
		pathContains?: string;
		bodyContains?: string;
	};
	/**
	 * `status`: send another response · `reset`: reset the connection before the response · `hang`: never respond · `cut`:
	 * close the connection in the middle of the response · `trickle`: for downloads only, send the rest of the file in
	 * small chunks, `delayMs` apart.
	 */
	kind: 'status' | 'reset' | 'hang' | 'cut' | 'trickle';
	/** HTTP status of the response. Default: 500, or the real status for `cut`. */
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, a string as is. Default: empty, or the real response for `cut`. */
	body?: string | object;
	/** How long to wait first, in milliseconds. */
	delayMs?: number;
	/**
	 * For file transfers only: how many bytes to transfer before the fault. By default, a `cut` without a body and a
	 * `trickle` start halfway through the file, and other faults before it.
	 */
	afterBytes?: number;
	/** For downloads only: whether to omit Content-Length, so that the end of the connection marks the end of the file. */
	withoutLength?: boolean;
	/**
	 * For API requests and uploads: whether to handle the request first and apply the fault to its response. A `cut` then
	 * cuts the real response, unless the fault has a body.
	 */
	after?: boolean;
}

/** A response that a fault can replace or cut. */
interface RealResponse {
	status: number;
	body: unknown;
}

/** The response that a `cut` sends half of if the request was not handled. */
const PLACEHOLDER: RealResponse = { status: 200, body: { message: 'This response is cut off' } };

/**
 * Applies a fault instead of sending a response.
 *
 * @param response the real response, if the request was handled
 */
export async function applyFault(
	fault: Fault,
	reply: FastifyReply,
	response: RealResponse = PLACEHOLDER,
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

/** Resets or closes the connection. For a `hang`, it stays open. */
export function breakConnection(kind: Fault['kind'], socket: Socket): void {
	if (kind === 'reset') socket.resetAndDestroy();
	if (kind === 'cut') socket.destroy();
}

/** Whether a fault applies to a request. */
export function matchesRequest({ match = {} }: Fault, request: LoggedRequest): boolean {
	const { method, operationId, pathContains = '', bodyContains = '' } = match;
	return (
		(method === undefined || method === request.method) &&
		(operationId === undefined || operationId === request.operationId) &&
		request.path.includes(pathContains) &&
		(bodyContains === '' || JSON.stringify(request.body).includes(bodyContains))
	);
}
