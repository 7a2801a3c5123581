import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { assetHandlers } from './assets.mts';
import { readContract, type Operation } from './contract.mts';
import {
	ApiError,
	badRequest,
	internalError,
	keyInvalid,
	keyMissing,
	rateLimited,
	unknownAddress,
} from './errors.mts';
import type { Fault } from './faults.mts';
import { modelHandlers } from './models.mts';
import type { RecordedRequest } from './record.mts';
import type { Handlers, State } from './state.mts';

const HANDLERS: Handlers = { ...assetHandlers, ...modelHandlers };

declare module 'fastify' {
	interface FastifyRequest {
		recorded?: RecordedRequest;
	}
	interface FastifyContextConfig {
		operationId?: string;
	}
}

/** Adds the operations of the contract that have a handler; every other address is unknown, as to the real API. */
export async function addApi(app: FastifyInstance, state: State, apiKey: string): Promise<void> {
	app.addHook('onRequest', (request, reply, done) => {
		note(request, reply, state);
		done();
	});
	app.addHook('onRequest', async ({ headers }) => {
		const key = headers['x-api-key'];
		if (!key) throw keyMissing();
		if (key !== apiKey) throw keyInvalid();
		await Promise.resolve();
	});
	await app.register(rateLimit, {
		timeWindow: 60_000,
		max: () => state.settings.requestsPerMinute ?? 0,
		allowList: () => state.settings.requestsPerMinute === null,
		keyGenerator: () => `${apiKey} ${state.resets}`,
		errorResponseBuilder: rateLimited,
	});
	app.addHook('preHandler', async (request, reply) => {
		const { recorded } = request;
		if (recorded) recorded.body = request.body ?? null;
		if (state.settings.latencyMs > 0) await sleep(state.settings.latencyMs);
		const fault = recorded && state.faults.next(recorded);
		if (fault) await befall(fault, request, reply);
	});
	app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
		const failure =
			error instanceof ApiError
				? error
				: error.statusCode !== undefined && error.statusCode < 500
					? badRequest([error.message])
					: internalError(`req_${randomUUID()}`);
		if (failure.status === 500) state.record.totals.violations.push(error.message);
		if (failure.status === 429 && !state.settings.retryAfter)
			void reply.removeHeader('retry-after');
		void reply.code(failure.status).send(failure.body);
	});
	app.setNotFoundHandler((request) => {
		throw unknownAddress(request.method, request.url);
	});
	for (const operation of readContract()) {
		if (operation.id in HANDLERS) addOperation(app, state, operation);
	}
}

function addOperation(app: FastifyInstance, state: State, operation: Operation): void {
	const { id, method, url } = operation;
	const handle = HANDLERS[id];
	app.route({
		method,
		url,
		config: { operationId: id },
		handler: (request, reply) => {
			const query = { ...(request.query as Record<string, unknown>) };
			const faults = [...operation.checkQuery(query), ...operation.checkBody(request.body)];
			if (faults.length > 0) {
				state.record.totals.violations.push(`${id} was asked: ${faults.join('; ')}`);
				throw badRequest(faults);
			}
			const { status, body } = answer(() =>
				handle(
					{ params: request.params as Record<string, string>, query, body: request.body },
					state,
				),
			);
			const misfits = operation.checkAnswer(status, body);
			if (misfits.length > 0) throw new Error(`${id} would have answered: ${misfits.join('; ')}`);
			void reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
		},
	});
}

function answer(handle: () => unknown): { status: number; body: unknown } {
	try {
		return { status: 200, body: handle() };
	} catch (error) {
		if (error instanceof ApiError) return error;
		throw error;
	}
}

/** Keeps the request in the record, from now to its end. */
function note(request: FastifyRequest, reply: FastifyReply, { record }: State): void {
	const recorded: RecordedRequest = {
		at: Date.now(),
		method: request.method,
		path: request.originalUrl,
		headers: request.headers,
		body: null,
		status: null,
		operationId: request.routeOptions.config.operationId ?? null,
	};
	request.recorded = recorded;
	record.begin(recorded);
	reply.raw.once('close', () =>
		record.end(recorded, reply.raw.writableFinished ? reply.raw.statusCode : null),
	);
}

async function befall(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
	if (fault.delayMs) await sleep(fault.delayMs);
	const { status = 500, headers = {}, body = '' } = fault;
	const isText = typeof body === 'string';
	const text = isText ? body : JSON.stringify(body);
	const type = isText ? 'text/plain' : 'application/json; charset=utf-8';
	if (fault.kind === 'status') {
		await reply
			.code(status)
			.headers({ 'content-type': type, ...headers })
			.send(text);
		return;
	}
	reply.hijack();
	if (fault.kind === 'reset') request.raw.socket.resetAndDestroy();
	if (fault.kind === 'cut') {
		const whole = text || '{"id":"';
		reply.raw.writeHead(fault.status ?? 200, {
			'content-type': 'application/json',
			'content-length': 2 * whole.length,
		});
		reply.raw.write(whole, () => request.raw.socket.destroy());
	}
}
