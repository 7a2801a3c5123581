import type { FastifyInstance, FastifyReply } from 'fastify';

import type { Contract } from './contract.mts';
import {
	ApiError,
	BadRequestError,
	httpError,
	internalError,
	invalidApiKey,
	missingApiKey,
	routeNotFound,
} from './errors.mts';
import { applyFault } from './faults.mts';
import { ResponseWithHeaders, type Handlers } from './handlerTypes.mts';
import type { Operation, OperationId } from './openapi.mts';
import { getOrigin } from './origin.mts';
import { createRateLimiter, type RateLimitState } from './rateLimits.mts';
import type { RequestLog } from './requestLog.mts';
import type { Caller } from './users.mts';
import { toValidationMessages } from './validationMessages.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Undefined for operations that need no API key. */
		caller?: Caller;
	}
	interface FastifyContextConfig {
		operation?: Operation;
	}
}

/** The part of the sandbox's state that the routes of the API use. */
interface ApiState extends RateLimitState {
	requestLog: RequestLog;
}

/** How to serve the API. */
export interface ApiOptions<State> {
	contract: Contract;
	handlers: Handlers<State>;
	/** The maximum size of request bodies in bytes, by operation ID. Default: 1 MiB. */
	bodyLimits: Partial<Record<OperationId, number>>;
	/** The state that the handlers get. */
	state: State;
	/** The members whose API keys are accepted. */
	callers: Caller[];
}

/** Adds a route for each operation that has a handler. All other routes respond with a 404. */
export async function addApiRoutes<State extends ApiState>(
	app: FastifyInstance,
	{ contract, handlers, bodyLimits, state, callers }: ApiOptions<State>,
): Promise<void> {
	const checkRateLimit = await createRateLimiter(app, state);

	const authenticate = (apiKey: unknown): Caller => {
		if (!apiKey) throw missingApiKey();
		const caller = callers.find((one) => one.apiKey === apiKey);
		if (!caller) throw invalidApiKey();
		return caller;
	};

	/** Sends a response. One that violates the contract is logged and becomes a 500. */
	async function respond(reply: FastifyReply, status: number, body: unknown): Promise<void> {
		const { request } = reply;
		const { operation } = request.routeOptions.config;
		const problems = operation ? contract.validate(operation.id, String(status), body) : [];
		if (problems.length > 0) {
			state.requestLog.addViolation(request.logged, `invalid response: ${problems.join('; ')}`);
			const error = internalError(request.id);
			return await reply.code(error.status).send(error.body);
		}
		if (request.responseFault) {
			return await applyFault(request.responseFault, reply, { status, body });
		}
		// Fastify sends strings as text and everything else as JSON.
		await reply.code(status).send(body ?? undefined);
	}

	app.addHook('preValidation', async (request) => {
		const { operation } = request.routeOptions.config;
		if (!operation) return;
		if (operation.requiresApiKey) {
			request.caller = authenticate(request.headers['x-api-key']);
			await checkRateLimit(request, operation.id);
		}
		const query = request.query as Record<string, unknown>;
		for (const name of operation.listParameters) {
			if (name in query) query[name] = parseList(query[name]);
		}
	});
	app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
		const failure = toApiError(error, request.id);
		const isUnexpected = failure.status >= 500 && !(error instanceof ApiError);
		if (failure instanceof BadRequestError || isUnexpected) {
			state.requestLog.addViolation(request.logged, error.message);
		}
		await respond(reply.headers(failure.headers), failure.status, failure.body);
	});
	app.setNotFoundHandler((request) => {
		throw routeNotFound(request.method, request.originalUrl);
	});
	app.setValidatorCompiler(contract.compile);
	app.setSchemaErrorFormatter(
		(errors) => new BadRequestError(toValidationMessages(errors as never)),
	);

	for (const operation of contract.operations) {
		const handle = handlers[operation.id] as
			| ((request: object, state: State) => unknown)
			| undefined;
		if (!handle) continue;
		const { id, method, url, successStatus } = operation;
		app.route({
			method,
			url,
			schema: contract.getRequestSchema(operation),
			config: { operation, loggedAs: id },
			bodyLimit: bodyLimits[id],
			handler: async (request, reply) => {
				const { params, query, body, formFiles: files = [], headers, caller } = request;
				const origin = getOrigin(request);
				const result = await handle({ params, query, body, files, headers, caller, origin }, state);
				if (!(result instanceof ResponseWithHeaders)) {
					return await respond(reply, successStatus, result ?? null);
				}
				await respond(reply.headers(result.headers), successStatus, result.body ?? null);
			},
		});
	}
}

/** Parses a list in a query: a repeated parameter, comma-separated, or JSON as the official client sends it. */
function parseList(value: unknown): unknown[] {
	return [value].flat().flatMap((part): unknown => {
		const text = String(part);
		try {
			if (text.startsWith('[')) return JSON.parse(text);
		} catch {
			// Validation rejects it, like any other unexpected text.
		}
		return text.split(',');
	});
}

/** Converts an error of a handler or of Fastify to an error response of the API. */
function toApiError(error: Error & { statusCode?: number }, requestId: string): ApiError {
	if (error instanceof ApiError) return error;
	const { statusCode = 500 } = error;
	if (statusCode === 400) return new BadRequestError([error.message]);
	return statusCode < 500 ? httpError(statusCode) : internalError(requestId);
}
