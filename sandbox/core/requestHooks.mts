import { Readable } from 'node:stream';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { applyFault, isMidTransfer, matchesRequest, type Fault } from './faults.mts';
import { describeFile } from './multipart.mts';
import type { LoggedRequest, RequestLog } from './requestLog.mts';
import type { RuleList } from './ruleList.mts';
import type { Settings } from './settings.mts';
import { delay } from './timers.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** The entry in the request log. */
		logged?: LoggedRequest;
		/** A fault to apply during the file transfer. */
		transferFault?: Fault;
		/** A fault to apply to the response, after the request was handled. */
		responseFault?: Fault;
	}
	interface FastifyContextConfig {
		/** The operation ID in the request log. */
		loggedAs?: string;
		/** Whether the route uploads or downloads a file. */
		transfersFile?: boolean;
	}
}

/** The part of the sandbox's state that the hooks use. */
interface HookState {
	requestLog: RequestLog;
	settings: Settings;
	faults: RuleList<Fault>;
}

/** Adds hooks that log and delay every request to the API and the storage, and inject faults. */
export function addRequestHooks(app: FastifyInstance, state: HookState): void {
	app.addHook('onRequest', (request, reply, done) => {
		logRequest(request, reply, state.requestLog);
		done();
	});
	app.addHook('preValidation', async (request, reply) => {
		const logged = request.logged as LoggedRequest;
		logged.body = toLoggedBody(request);
		await delay(state.settings.latencyMs);
		const fault = state.faults.consume((one) => matchesRequest(one, logged));
		if (!fault) return;
		const { transfersFile } = request.routeOptions.config;
		if (fault.after) request.responseFault = fault;
		else if (transfersFile && isMidTransfer(fault)) request.transferFault = fault;
		else await applyFault(fault, reply);
	});
}

/** Returns null for an upload: its body is logged once the storage has written the file. */
function toLoggedBody({ body, formFiles }: FastifyRequest): unknown {
	if (body instanceof Readable) return null;
	return formFiles ? { ...(body as object), files: formFiles.map(describeFile) } : (body ?? null);
}

function logRequest(request: FastifyRequest, { raw }: FastifyReply, requestLog: RequestLog): void {
	const logged: LoggedRequest = {
		at: Date.now(),
		method: request.method,
		path: request.originalUrl,
		headers: request.headers,
		body: null,
		status: null,
		operationId: request.routeOptions.config.loggedAs ?? null,
	};
	const end = requestLog.add(logged);
	request.logged = logged;
	raw.once('close', () => end(raw.headersSent ? raw.statusCode : null));
}
