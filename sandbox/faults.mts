import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FastifyReply } from 'fastify';

import { LIBRARY } from './library.mts';
import type { RecordedRequest } from './record.mts';

/** A fault on demand. */
export interface Fault {
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
	/** For how many requests; default: for ever. */
	times?: number;
	/** Let so many matching requests through first. */
	skip?: number;
}

/** The faults that lie in wait. */
export class Faults {
	private faults: Fault[] = [];

	add(fault: Fault): void {
		this.faults.push({ ...fault });
	}

	clear(): void {
		this.faults = [];
	}

	/** The fault for a request, if there is one; it counts as used. */
	next(request: RecordedRequest): Fault | undefined {
		for (const fault of this.faults) {
			if (!matches(fault, request) || fault.times === 0) continue;
			if (fault.skip) {
				fault.skip--;
				continue;
			}
			if (fault.times !== undefined) fault.times--;
			return fault;
		}
		return undefined;
	}
}

/** Lets a fault befall a request. */
export async function befall(fault: Fault, reply: FastifyReply): Promise<void> {
	const { kind, headers = {}, delayMs = 0 } = fault;
	if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
	const body = fault.body ?? (kind === 'cut' ? LIBRARY[0] : '');
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
	reply.raw.writeHead(fault.status ?? 200, {
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

function matches({ match = {} }: Fault, request: RecordedRequest): boolean {
	const { method, operationId, pathContains = '', bodyContains = '' } = match;
	return (
		(method === undefined || method === request.method) &&
		(operationId === undefined || operationId === request.operationId) &&
		request.path.includes(pathContains) &&
		(bodyContains === '' || JSON.stringify(request.body).includes(bodyContains))
	);
}
