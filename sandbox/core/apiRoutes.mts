import type { FastifyInstance, FastifyReply } from 'fastify';

import type { Contract } from './contract.mts';
import {
	ApiError,
	BadRequest,
	internalError,
	invalidApiKey,
	missingApiKey,
	plainError,
	routeNotFound,
} from './errors.mts';
import { applyFault } from './faults.mts';
import { WithHeaders, type Handlers } from './handlerTypes.mts';
import type { Operation, OperationId } from './openapi.mts';
import { createRateLimiter, type RateLimitContext } from './rateLimits.mts';
import type { RequestRecord } from './requestLog.mts';
import type { Caller } from './users.mts';
import { validationMessages } from './validationMessages.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Undefined for operations that need no API key. */
		caller?: Caller;
	}
	interface FastifyContextConfig {
		operation?: Operation;
	}
}

/** What the routes of the API need from the state of the sandbox. */
interface ApiContext extends RateLimitContext {
	record: RequestRecord;
}

/** An API to add to an app. */
export interface ApiOptions<Context> {
	contract: Contract;
	handlers: Handlers<Context>;
	/** The maximum size of request bodies in bytes, by operation ID. Default: 1 MiB. */
	bodyLimits: Partial<Record<OperationId, number>>;
	/** What the handlers work with. */
	context: Context;
	/** Whose API keys are accepted. */
	callers: Caller[];
}

/** Adds a route for each operation of the contract that has a handler. Every other route responds with a 404. */
export async function addApi<Context extends ApiContext>(
	app: FastifyInstance,
	{ contract, handlers, bodyLimits, context, callers }: ApiOptions<Context>,
): Promise<void> {
	const checkRateLimit = await createRateLimiter(app, context);

	const authenticate = (key: unknown): Caller => {
		if (!key) throw missingApiKey();
		const caller = callers.find((one) => one.key === key);
		if (!caller) throw invalidApiKey();
		return caller;
	};

	/** Sends a response. One that violates the contract becomes a 500 and a recorded violation. */
	async function respond(reply: FastifyReply, status: number, body: unknown): Promise<void> {
		const { request } = reply;
		const { operation } = request.routeOptions.config;
		const problems = operation ? contract.validate(operation.id, String(status), body) : [];
		if (problems.length > 0) {
			context.record.violation(request.recorded, `invalid response: ${problems.join('; ')}`);
			const error = internalError(request.id);
			return await reply.code(error.status).send(error.body);
		}
		if (request.responseFault) {
			return await applyFault(request.responseFault, reply, { status, body });
		}
		// Strings are sent as text, everything else as JSON.
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
		if (failure instanceof BadRequest || isUnexpected) {
			context.record.violation(request.recorded, error.message);
		}
		await respond(reply.headers(failure.headers), failure.status, failure.body);
	});
	app.setNotFoundHandler((request) => {
		throw routeNotFound(request.method, request.originalUrl);
	});
	app.setValidatorCompiler(contract.compile);
	app.setSchemaErrorFormatter((errors) => new BadRequest(validationMessages(errors as never)));

	for (const operation of contract.operations) {
		const handle = handlers[operation.id] as
			| ((request: object, context: Context) => unknown)
			| undefined;
		if (!handle) continue;
		const { id, method, url, successStatus } = operation;
		app.route({
			method,
			url,
			schema: contract.requestSchema(operation),
			config: { operation, recordedAs: id },
			bodyLimit: bodyLimits[id],
			handler: async (request, reply) => {
				const { params, query, body, formFiles: files = [], headers, caller } = request;
				const origin = `${request.protocol}://${request.host}`;
				const result = await handle(
					{ params, query, body, files, headers, caller, origin },
					context,
				);
				if (!(result instanceof WithHeaders)) {
					return await respond(reply, successStatus, result ?? null);
				}
				await respond(reply.headers(result.headers), successStatus, result.body ?? null);
			},
		});
	}
}

/** Parses a list in a query: repeated, separated by commas, or JSON as the official client sends it. */
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

/** Turns an error of a handler or of the framework into a response of the API. */
function toApiError(error: Error & { statusCode?: number }, requestId: string): ApiError {
	if (error instanceof ApiError) return error;
	const { statusCode = 500 } = error;
	if (statusCode === 400) return new BadRequest([error.message]);
	return statusCode < 500 ? plainError(statusCode) : internalError(requestId);
}
