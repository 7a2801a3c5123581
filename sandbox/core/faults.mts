import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FastifyReply } from 'fastify';

import { LIBRARY } from '../asset/library.mts';
import type { Order } from './rules.mts';
import type { RecordedRequest } from './record.mts';

/** A fault on demand. */
export interface Fault extends Order {
	/** Which requests it befalls: those for which all of this holds. Default: all. */
	match?: {
		method?: string;
		operationId?: string;
		pathContains?: string;
		bodyContains?: string;
	};
	/**
	 * `status`: an answer of its own · `reset`: the connection breaks before an answer · `hang`: no answer ever · `cut`:
	 * the connection breaks in the middle of the answer.
	 */
	kind: 'status' | 'reset' | 'hang' | 'cut';
	/** Of the answer; default 500. */
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, text as it is. Default: none; of a `cut` answer, an asset. */
	body?: string | object;
	/** Wait so long before, in ms. */
	delayMs?: number;
	/**
	 * Of a file on its way to or from the storage: let so many bytes pass before a `reset`, `hang` or `cut`. Without it, a
	 * `cut` that has no body comes after half of the file, and everything else before the file.
	 */
	afterBytes?: number;
	/**
	 * The request is carried out first, and the fault befalls its answer: of the API, or to a file that the storage took. A
	 * `cut` cuts that answer, unless the fault has another one.
	 */
	after?: boolean;
}

/** The answer that a fault may take the place of. */
interface Answer {
	status: number;
	body: unknown;
}

/** Lets a fault befall a request. @param answer what the request was going to be answered, where it was carried out */
export async function befall(
	fault: Fault,
	reply: FastifyReply,
	answer: Answer = { status: 200, body: LIBRARY[0] },
): Promise<void> {
	const { kind, headers = {}, delayMs = 0 } = fault;
	if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
	const body = fault.body ?? (kind === 'cut' ? answer.body : '');
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
	if (kind !== 'cut') return breakOff(kind, socket);
	reply.raw.writeHead(fault.status ?? answer.status, {
		'content-type': type,
		...headers,
		'content-length': content.length,
	});
	reply.raw.write(content.subarray(0, content.length / 2), () => breakOff(kind, socket));
}

/** Whether a fault befalls a file on its way, and not the request before it. */
export const isMidway = ({ kind, afterBytes, body }: Fault): boolean =>
	kind !== 'status' && (afterBytes !== undefined || (kind === 'cut' && body === undefined));

/** Ends a connection, or leaves it to hang. */
export function breakOff(kind: Fault['kind'], socket: Socket): void {
	if (kind === 'reset') socket.resetAndDestroy();
	if (kind === 'cut') socket.destroy();
}

/** Whether a fault is meant for a request. */
export function befalls({ match = {} }: Fault, request: RecordedRequest): boolean {
	const { method, operationId, pathContains = '', bodyContains = '' } = match;
	return (
		(method === undefined || method === request.method) &&
		(operationId === undefined || operationId === request.operationId) &&
		request.path.includes(pathContains) &&
		(bodyContains === '' || JSON.stringify(request.body).includes(bodyContains))
	);
}
