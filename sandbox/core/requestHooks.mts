import { Readable } from 'node:stream';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { delay } from './timers.mts';
import { applyFault, isMidTransfer, matchesRequest, type Fault } from './faults.mts';
import { describeFile } from './multipart.mts';
import type { RecordedRequest, RequestRecord } from './requestLog.mts';
import type { RuleList } from './ruleList.mts';
import type { Settings } from './settings.mts';

declare module 'fastify' {
	interface FastifyRequest {
		recorded?: RecordedRequest;
		/** A fault to apply during the file transfer. */
		transferFault?: Fault;
		/** A fault to apply to the response, after the request was handled. */
		responseFault?: Fault;
	}
	interface FastifyContextConfig {
		/** The operation ID in the record. */
		recordedAs?: string;
		/** Whether the route uploads or downloads a file. */
		transfersFile?: boolean;
	}
}

/** What the hooks need from the state of the sandbox. */
interface HookContext {
	record: RequestRecord;
	settings: Settings;
	faults: RuleList<Fault>;
}

/** Adds hooks that record every request to the API and to the storage, delay it, and inject faults. */
export function addRequestHooks(app: FastifyInstance, context: HookContext): void {
	app.addHook('onRequest', (request, reply, done) => {
		recordRequest(request, reply, context.record);
		done();
	});
	app.addHook('preValidation', async (request, reply) => {
		const recorded = request.recorded as RecordedRequest;
		recorded.body = recordedBody(request);
		await delay(context.settings.latencyMs);
		const fault = context.faults.take((one) => matchesRequest(one, recorded));
		if (!fault) return;
		const { transfersFile } = request.routeOptions.config;
		if (fault.after) request.responseFault = fault;
		else if (transfersFile && isMidTransfer(fault)) request.transferFault = fault;
		else await applyFault(fault, reply);
	});
}

/** The body for the record. That of an upload is added when the storage has written the file. */
function recordedBody({ body, formFiles }: FastifyRequest): unknown {
	if (body instanceof Readable) return null;
	return formFiles ? { ...(body as object), files: formFiles.map(describeFile) } : (body ?? null);
}

function recordRequest(
	request: FastifyRequest,
	{ raw }: FastifyReply,
	record: RequestRecord,
): void {
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
