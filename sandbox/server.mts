import { randomUUID } from 'node:crypto';

import { fastify, type FastifyInstance } from 'fastify';

import { addAssetControl } from './asset/controlRoutes.mts';
import { assetHandlers } from './asset/handlers.mts';
import { projectAssetHandlers } from './asset/projectAssetHandlers.mts';
import { uploadHandlers } from './asset/fileHandlers.mts';
import { addBatchControl } from './batch/controlRoutes.mts';
import { batchHandlers } from './batch/handlers.mts';
import { MAX_BATCH_SIZE, readBatchForm } from './batch/form.mts';
import { notifyOfBatch } from './batch/webhooks.mts';
import { CONTROL_PATH, SandboxClient } from './client.mts';
import { addApi } from './core/apiRoutes.mts';
import { readContract, type Contract } from './core/contract.mts';
import { addControl } from './core/controlRoutes.mts';
import { addForms } from './core/multipart.mts';
import type { Handlers } from './core/handlerTypes.mts';
import { addRequestHooks } from './core/requestHooks.mts';
import type { Settings } from './core/settings.mts';
import { COLLEAGUE_ID, COLLEAGUE_KEY, OWNER_ID } from './core/users.mts';
import { addGenerationControl } from './generation/controlRoutes.mts';
import { estimateHandlers } from './generation/estimateHandlers.mts';
import { readGenerationForm } from './generation/form.mts';
import { generationHandlers } from './generation/handlers.mts';
import { modelHandlers } from './generation/modelHandlers.mts';
import { notifyOfGeneration } from './generation/webhooks.mts';
import { projectHandlers } from './project/handlers.mts';
import { speechHandlers } from './speech/handlers.mts';
import { State } from './state.mts';
import { addStorage } from './storage/routes.mts';
import { STORAGE_PATH } from './storage/urls.mts';
import { voiceHandlers } from './voice/handlers.mts';

/** How to start a sandbox. */
export interface SandboxOptions extends Partial<Settings> {
	/** Default: any free port. */
	port?: number;
	/** The API key of the owner of the library. Default: `sandbox-key`. */
	apiKey?: string;
}

/** A running local Sync API. */
export interface Sandbox {
	/** Its base URL, without a trailing slash. */
	url: string;
	apiKey: string;
	control: SandboxClient;
	/** Stops it at once and closes all connections. */
	close: () => Promise<void>;
}

const HANDLERS: Handlers<State> = {
	...assetHandlers,
	...uploadHandlers,
	...projectHandlers,
	...projectAssetHandlers,
	...generationHandlers,
	...batchHandlers,
	...modelHandlers,
	...voiceHandlers,
	...speechHandlers,
	...estimateHandlers,
};

const FORM_READERS = { createGeneration: readGenerationForm, createBatch: readBatchForm };

const BODY_LIMITS = { createBatch: MAX_BATCH_SIZE };

let contract: Contract | undefined;

/**
 * Starts a local Sync API on 127.0.0.1 with a small library of assets. By default, it has the limits of the real API: 600
 * requests, 120 upload URLs and 60 generations a minute, and 3 generations at the same time.
 *
 * @throws Error with code `EADDRINUSE` if the port is in use
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, apiKey = 'sandbox-key', ...settings } = options;
	const app = await buildSandbox(HANDLERS, apiKey, settings);
	// A client without keep-alive may open thousands of connections at the same time.
	const url = await app.listen({ host: '127.0.0.1', port, backlog: 4096 });
	return { url, apiKey, control: new SandboxClient(url), close: async () => await app.close() };
}

/**
 * Builds a sandbox that does not listen yet.
 *
 * @param handlers the operations it supports
 * @param apiKey the API key of the owner of the library
 * @param settings those that differ from the defaults
 */
export async function buildSandbox(
	handlers: Handlers<State>,
	apiKey: string,
	settings: Partial<Settings> = {},
): Promise<FastifyInstance> {
	const state = createState(settings);
	const callers = [
		{ key: apiKey, userId: OWNER_ID },
		{ key: COLLEAGUE_KEY, userId: COLLEAGUE_ID },
	];
	contract ??= readContract();
	const api = { contract, handlers, bodyLimits: BODY_LIMITS, context: state, callers };
	const app = fastify({
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		genReqId: () => `req_${randomUUID()}`,
		rewriteUrl: ({ url = '/' }) => decodableUrl(url),
		// As long as node allows a URL to be, so that it is the API that rejects long IDs.
		routerOptions: { maxParamLength: 16_384 },
	});
	app.addHook('onClose', async () => await state.stop());
	await app.register(async (publicApp) => {
		await addForms(publicApp, FORM_READERS);
		addRequestHooks(publicApp, state);
		await publicApp.register(async (apiApp) => await addApi(apiApp, api));
		await publicApp.register(
			(storageApp, _options, done) => {
				addStorage(storageApp, state);
				done();
			},
			{ prefix: STORAGE_PATH },
		);
	});
	await app.register(
		(controlApp, _options, done) => {
			addControl(controlApp, state);
			addAssetControl(controlApp, state);
			addGenerationControl(controlApp, state);
			addBatchControl(controlApp, state);
			done();
		},
		{ prefix: CONTROL_PATH },
	);
	return app;
}

/** Creates the state of a sandbox that sends webhooks when generations and batches end. */
function createState(settings: Partial<Settings>): State {
	const state = new State(settings);
	const { generations, batches } = state;
	generations.onEnd((generation) => notifyOfGeneration(generation, state));
	// After the webhook of its last generation, so that the webhook of the batch comes last.
	generations.onEnd((generation) => batches.generationEnded(generation));
	batches.onEnd((batch) => notifyOfBatch(batch, state));
	return state;
}

/** Escapes a URL that can't be decoded. Fastify would reject it before any hook; this way it is an unknown ID. */
function decodableUrl(url: string): string {
	try {
		decodeURIComponent(url);
		return url;
	} catch {
		return url.replaceAll('%', '%25');
	}
}
