import { setTimeout as sleep } from 'node:timers/promises';

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { inWords, type Contract, type Operation } from './contract.mts';
import {
	ApiError,
	BadRequest,
	internalError,
	keyInvalid,
	keyMissing,
	plainError,
	rateLimited,
	unknownAddress,
} from './errors.mts';
import { befall } from './faults.mts';
import type { Handlers } from './handlers.mts';
import type { RecordedRequest } from './record.mts';
import type { State } from './state.mts';

declare module 'fastify' {
	interface FastifyRequest {
		recorded?: RecordedRequest;
	}
	interface FastifyContextConfig {
		operation?: Operation;
	}
}

/** What the API is made of. */
export interface ApiParts {
	contract: Contract;
	handlers: Handlers;
	state: State;
	/** The only key that is accepted. */
	apiKey: string;
}

/** Adds the operations of the contract that have a handler; every other address is unknown, as to the real API. */
export async function addApi(app: FastifyInstance, parts: ApiParts): Promise<void> {
	const { contract, handlers, state, apiKey } = parts;
	await app.register(rateLimit, { global: false });
	const countRequest = app.createRateLimit({
		timeWindow: 60_000,
		max: () => state.settings.requestsPerMinute ?? 0,
		keyGenerator: () => `${apiKey} ${state.minute}`,
	});

	async function letIn(request: FastifyRequest): Promise<void> {
		const key = request.headers['x-api-key'];
		if (!key) throw keyMissing();
		if (key !== apiKey) throw keyInvalid();
		if (state.settings.requestsPerMinute === null) return;
		const count = await countRequest(request);
		if (!count.isAllowed && count.isExceeded) {
			throw rateLimited(state.settings.retryAfter ? count.ttlInSeconds : undefined);
		}
	}

	app.addHook('onRequest', (request, reply, done) => {
		note(request, reply, state);
		done();
	});
	app.addHook('preValidation', async (request, reply) => {
		const { operation } = request.routeOptions.config;
		const recorded = request.recorded as RecordedRequest;
		recorded.body = request.body ?? null;
		const { latencyMs } = state.settings;
		if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });
		const fault = state.faults.next(recorded);
		if (fault) return await befall(fault, reply);
		if (!operation) return;
		if (operation.needsKey) await letIn(request);
		const query = request.query as Record<string, unknown>;
		for (const name of operation.lists) if (name in query) query[name] = readList(query[name]);
	});
	app.addHook('preSerialization', (request, reply, body, done) => {
		const { operation } = request.routeOptions.config;
		const misfits = operation ? contract.misfits(operation.id, String(reply.statusCode), body) : [];
		if (misfits.length === 0) return done(null, body);
		state.record.violation(request.recorded, `the answer would be wrong: ${misfits.join('; ')}`);
		const failure = internalError(request.id);
		void reply.code(failure.status);
		return done(null, failure.body);
	});
	app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
		const failure = asAnswer(error, request.id);
		const unforeseen = failure.status >= 500 && !(error instanceof ApiError);
		if (failure instanceof BadRequest || unforeseen) {
			state.record.violation(request.recorded, error.message);
		}
		void reply.code(failure.status).headers(failure.headers).send(failure.body);
	});
	app.setNotFoundHandler((request) => {
		throw unknownAddress(request.method, request.originalUrl);
	});
	app.setValidatorCompiler(contract.compile);
	app.setSchemaErrorFormatter((errors) => new BadRequest(inWords(errors as never)));

	for (const operation of contract.operations) {
		const handle = handlers[operation.id] as
			| ((request: object, state: State) => unknown)
			| undefined;
		if (!handle) continue;
		const { method, url, schema } = operation;
		app.route({
			method,
			url,
			schema,
			config: { operation },
			handler: ({ params, query, body }, reply) =>
				reply.send(handle({ params, query, body }, state)),
		});
	}
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
		operationId: request.routeOptions.config.operation?.id ?? null,
	};
	const end = record.begin(recorded);
	request.recorded = recorded;
	raw.once('close', () => end(raw.headersSent ? raw.statusCode : null));
}

/** A list in a query: repeated, separated by commas, or, as the official client sends it, as JSON text. */
function readList(value: unknown): unknown[] {
	return [value].flat().flatMap((part): unknown => {
		const text = String(part);
		try {
			if (text.startsWith('[')) return JSON.parse(text);
		} catch {
			// Then it is a text like any other, and the contract does not have it.
		}
		return text.split(',');
	});
}

/** The answer for an error: of a handler, of the framework (a body that is too large, say), or of ours. */
function asAnswer(error: Error & { statusCode?: number }, requestId: string): ApiError {
	if (error instanceof ApiError) return error;
	const { statusCode = 500 } = error;
	if (statusCode === 400) return new BadRequest([error.message]);
	return statusCode < 500 ? plainError(statusCode) : internalError(requestId);
}
