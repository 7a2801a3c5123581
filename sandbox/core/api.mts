import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { MAX_BATCH_SIZE } from '../batch/rows.mts';
import type { Contract } from './contract.mts';
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
import { applyFault } from './faults.mts';
import { WithHeaders, type Caller, type Handlers } from './handlers.mts';
import { addForms } from './forms.mts';
import type { State } from '../state.mts';
import type { Operation, OperationId } from './openapi.mts';
import { validationMessages } from './validationMessages.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Undefined where no key is needed. */
		caller?: Caller;
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
	/** Whose keys are accepted. */
	callers: Caller[];
}

const MINUTE = 60_000;

/** The limits, each a setting, and the time for which each counts, in ms. */
const WINDOWS = {
	requestsPerMinute: MINUTE,
	uploadsPerMinute: MINUTE,
	generationsPerMinute: MINUTE,
	speechesPerMinute: MINUTE,
	speechJobsPerMinute: MINUTE,
	clonesPerHour: 60 * MINUTE,
};

type Limit = keyof typeof WINDOWS;

/** The operations that have a limit of their own. */
const LIMITS: Partial<Record<OperationId, Limit>> = {
	createAssetUpload: 'uploadsPerMinute',
	createGeneration: 'generationsPerMinute',
	createTts: 'speechesPerMinute',
	createTtsJob: 'speechJobsPerMinute',
	cloneVoice: 'clonesPerHour',
};

/** What a body may have where it is not the usual megabyte, in bytes. */
const BODY_LIMITS: Partial<Record<OperationId, number>> = { createBatch: MAX_BATCH_SIZE };

/** Adds the operations of the contract that have a handler; every other address is unknown, as to the real API. */
export async function addApi(app: FastifyInstance, parts: ApiParts): Promise<void> {
	const { contract, handlers, state, callers } = parts;
	await app.register(rateLimit, { global: false });
	const counter = (limit: Limit) =>
		app.createRateLimit({
			timeWindow: WINDOWS[limit],
			max: () => state.settings[limit] ?? 0,
			keyGenerator: ({ caller }: FastifyRequest) => `${limit} ${caller?.key} ${state.minute}`,
		});
	const limits = Object.keys(WINDOWS) as Limit[];
	const count = Object.fromEntries(limits.map((limit) => [limit, counter(limit)]));

	async function letIn(request: FastifyRequest, { id }: Operation): Promise<void> {
		const key = request.headers['x-api-key'];
		if (!key) throw keyMissing();
		request.caller = callers.find((caller) => caller.key === key);
		if (!request.caller) throw keyInvalid();
		const limit = LIMITS[id] ?? 'requestsPerMinute';
		if (state.settings[limit] === null) return;
		const counted = await count[limit](request);
		if (!counted.isAllowed && counted.isExceeded) {
			throw rateLimited(state.settings.retryAfter ? counted.ttlInSeconds : undefined);
		}
	}

	/** Sends an answer, when it is as the contract has it: else it is a fault of the server, and noted. */
	async function answer(reply: FastifyReply, status: number, body: unknown): Promise<void> {
		const { request } = reply;
		const { operation } = request.routeOptions.config;
		const misfits = operation ? contract.validate(operation.id, String(status), body) : [];
		if (misfits.length > 0) {
			state.record.violation(request.recorded, `the answer would be wrong: ${misfits.join('; ')}`);
			const failure = internalError(request.id);
			return await reply.code(failure.status).send(failure.body);
		}
		if (request.responseFault)
			return await applyFault(request.responseFault, reply, { status, body });
		// Text goes out as text, everything else as JSON.
		await reply.code(status).send(body ?? undefined);
	}

	app.addHook('preValidation', async (request) => {
		const { operation } = request.routeOptions.config;
		if (!operation) return;
		if (operation.requiresApiKey) await letIn(request, operation);
		const query = request.query as Record<string, unknown>;
		for (const name of operation.listParameters)
			if (name in query) query[name] = readList(query[name]);
	});
	app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
		const failure = asAnswer(error, request.id);
		const unforeseen = failure.status >= 500 && !(error instanceof ApiError);
		if (failure instanceof BadRequest || unforeseen) {
			state.record.violation(request.recorded, error.message);
		}
		await answer(reply.headers(failure.headers), failure.status, failure.body);
	});
	app.setNotFoundHandler((request) => {
		throw unknownAddress(request.method, request.originalUrl);
	});
	addForms(app);
	app.setValidatorCompiler(contract.compile);
	app.setSchemaErrorFormatter((errors) => new BadRequest(validationMessages(errors as never)));

	for (const operation of contract.operations) {
		const handle = handlers[operation.id] as
			| ((request: object, state: State) => unknown)
			| undefined;
		if (!handle) continue;
		const { id, method, url, successStatus } = operation;
		app.route({
			method,
			url,
			schema: contract.requestSchema(operation),
			config: { operation, recordedAs: id },
			bodyLimit: BODY_LIMITS[id],
			handler: async (request, reply) => {
				const { params, query, body, files = [], headers, caller } = request;
				const origin = `${request.protocol}://${request.host}`;
				const asked = { params, query, body, files, headers, caller, origin };
				const result = await handle(asked, state);
				if (!(result instanceof WithHeaders))
					return await answer(reply, successStatus, result ?? null);
				await answer(reply.headers(result.headers), successStatus, result.body ?? null);
			},
		});
	}
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
