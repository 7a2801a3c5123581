import { randomUUID } from 'node:crypto';

import { fastify, type FastifyInstance } from 'fastify';

import { addAssetControlRoutes } from './asset/controlRoutes.mts';
import { fileHandlers } from './asset/fileHandlers.mts';
import { assetHandlers } from './asset/handlers.mts';
import { projectAssetHandlers } from './asset/projectAssetHandlers.mts';
import { addBatchControlRoutes } from './batch/controlRoutes.mts';
import { convertBatchForm, MAX_BATCH_SIZE } from './batch/form.mts';
import { batchHandlers } from './batch/handlers.mts';
import { sendBatchWebhook } from './batch/webhooks.mts';
import { CONTROL_PATH, SandboxClient } from './client.mts';
import { addApiRoutes } from './core/apiRoutes.mts';
import { readContract, type Contract } from './core/contract.mts';
import { addControlRoutes } from './core/controlRoutes.mts';
import type { Handlers } from './core/handlerTypes.mts';
import { addMultipart } from './core/multipart.mts';
import { addRequestHooks } from './core/requestHooks.mts';
import type { Settings } from './core/settings.mts';
import { COLLEAGUE_ID, COLLEAGUE_KEY, OWNER_ID } from './core/users.mts';
import { dialogueEditHandlers } from './dialogueEdit/handlers.mts';
import { addGenerationControlRoutes } from './generation/controlRoutes.mts';
import { estimateHandlers } from './generation/estimateHandlers.mts';
import { convertGenerationForm } from './generation/form.mts';
import { generationHandlers } from './generation/handlers.mts';
import { modelHandlers } from './generation/modelHandlers.mts';
import { sendGenerationWebhook } from './generation/webhooks.mts';
import { projectHandlers } from './project/handlers.mts';
import { speechHandlers } from './speech/handlers.mts';
import { State } from './state.mts';
import { addStorageRoutes } from './storage/routes.mts';
import { STORAGE_PATH } from './storage/urls.mts';
import { transcriptionHandlers } from './transcription/handlers.mts';
import { usageHandlers } from './usage/handlers.mts';
import { voiceHandlers } from './voice/handlers.mts';

/** How to start a sandbox. */
export interface SandboxOptions extends Partial<Settings> {
	/** Default: any free port. */
	port?: number;
	/** The API key of the user who owns the initial data. Default: `sandbox-key`. */
	apiKey?: string;
}

/** A running local Sync API. */
export interface Sandbox {
	/** Its base URL, without a trailing slash. */
	url: string;
	apiKey: string;
	control: SandboxClient;
	/** Stops it immediately and closes all connections. */
	close: () => Promise<void>;
}

const HANDLERS: Handlers<State> = {
	...assetHandlers,
	...fileHandlers,
	...projectHandlers,
	...projectAssetHandlers,
	...generationHandlers,
	...batchHandlers,
	...modelHandlers,
	...voiceHandlers,
	...speechHandlers,
	...estimateHandlers,
	...usageHandlers,
	...transcriptionHandlers,
	...dialogueEditHandlers,
};

const FORM_CONVERTERS = { createGeneration: convertGenerationForm, createBatch: convertBatchForm };

const BODY_LIMITS = { createBatch: MAX_BATCH_SIZE };

let contract: Contract | undefined;

/**
 * Starts a local Sync API on 127.0.0.1 with a few assets. By default, it has the limits of the real API: 600 requests,
 * 120 upload URLs and 60 generations per minute, and 3 concurrent generations.
 *
 * @throws Error with code `EADDRINUSE` if the port is in use
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, apiKey = 'sandbox-key', ...settings } = options;
	const app = await buildSandbox(HANDLERS, apiKey, settings);
	// A client without keep-alive may open thousands of connections at once.
	const url = await app.listen({ host: '127.0.0.1', port, backlog: 4096 });
	return { url, apiKey, control: new SandboxClient(url), close: async () => await app.close() };
}

/**
 * Builds a sandbox that does not listen yet.
 *
 * @param handlers the operations it supports
 * @param apiKey the API key of the user who owns the initial data
 * @param settings those that differ from the defaults
 */
export async function buildSandbox(
	handlers: Handlers<State>,
	apiKey: string,
	settings: Partial<Settings> = {},
): Promise<FastifyInstance> {
	const state = createState(settings);
	const callers = [
		{ apiKey, userId: OWNER_ID },
		{ apiKey: COLLEAGUE_KEY, userId: COLLEAGUE_ID },
	];
	contract ??= readContract();
	const api = { contract, handlers, bodyLimits: BODY_LIMITS, state, callers };
	const app = fastify({
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		genReqId: () => `req_${randomUUID()}`,
		rewriteUrl: ({ url = '/' }) => escapeUndecodableUrl(url),
		// The maximum URL length of Node, so that long IDs reach the API and are rejected there.
		routerOptions: { maxParamLength: 16_384 },
	});
	app.addHook('onClose', async () => await state.stop());
	await app.register(async (publicApp) => {
		await addMultipart(publicApp, FORM_CONVERTERS);
		addRequestHooks(publicApp, state);
		await publicApp.register(async (apiApp) => await addApiRoutes(apiApp, api));
		await publicApp.register(
			(storageApp, _options, done) => {
				addStorageRoutes(storageApp, state);
				done();
			},
			{ prefix: STORAGE_PATH },
		);
	});
	await app.register(
		(controlApp, _options, done) => {
			addControlRoutes(controlApp, state);
			addAssetControlRoutes(controlApp, state);
			addGenerationControlRoutes(controlApp, state);
			addBatchControlRoutes(controlApp, state);
			done();
		},
		{ prefix: CONTROL_PATH },
	);
	return app;
}

/** Creates the state, which sends webhooks when generations and batches end. */
function createState(settings: Partial<Settings>): State {
	const state = new State(settings);
	const { generations, batches } = state;
	generations.onEnd((generation) => sendGenerationWebhook(generation, state));
	// Registered second, so that the webhook of a batch follows that of its last generation.
	generations.onEnd((generation) => batches.handleGenerationEnd(generation));
	batches.onEnd((batch) => sendBatchWebhook(batch, state));
	return state;
}

/** Escapes a URL that can't be decoded. Otherwise, Fastify would reject it before any hook can log it. */
function escapeUndecodableUrl(url: string): string {
	try {
		decodeURIComponent(url);
		return url;
	} catch {
		return url.replaceAll('%', '%25');
	}
}
