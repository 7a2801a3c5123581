import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { befall, befalls, isMidway, type Fault } from './faults.mts';
import { described } from './forms.mts';
import type { RecordedRequest } from './record.mts';
import type { State } from '../state.mts';

declare module 'fastify' {
	interface FastifyRequest {
		recorded?: RecordedRequest;
		/** Befalls the file that the request is about, on its way. */
		midwayFault?: Fault;
		/** Befalls the answer, when the request has been carried out. */
		lateFault?: Fault;
	}
	interface FastifyContextConfig {
		/** The operation's name in the record. */
		recordedAs?: string;
		/** Whether it sends or takes a file. */
		carriesFile?: boolean;
	}
}

/** What happens to every request, to the API or to its storage: it is noted, it waits, a fault may befall it. */
export function addArrivals(app: FastifyInstance, state: State): void {
	app.addHook('onRequest', (request, reply, done) => {
		note(request, reply, state);
		done();
	});
	app.addHook('preValidation', async (request, reply) => {
		const recorded = request.recorded as RecordedRequest;
		recorded.body = bodyOf(request);
		const { latencyMs } = state.settings;
		if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });
		const fault = state.faults.next((one) => befalls(one, recorded));
		if (!fault) return;
		if (fault.after) request.lateFault = fault;
		else if (request.routeOptions.config.carriesFile && isMidway(fault))
			request.midwayFault = fault;
		else await befall(fault, reply);
	});
}

/** What is kept of a body: of a form its fields and what is known of its files, of a file nothing yet. */
function bodyOf({ body, files }: FastifyRequest): unknown {
	if (body instanceof Readable) return null;
	return files ? { ...(body as object), files: files.map(described) } : (body ?? null);
}

/** Keeps the request in the record, from now to its end. */
function note(request: FastifyRequest, { raw }: FastifyReply, { record }: State): void {
	const recorded: RecordedRequest = {
		at: Date.now(),
		method: request.method,
		path: request.originalUrl,
		headers: request.headers,
		body: null,
		status: null,
		operationId: request.routeOptions.config.recordedAs ?? null,
	};
	const end = record.begin(recorded);
	request.recorded = recorded;
	raw.once('close', () => end(raw.headersSent ? raw.statusCode : null));
}
