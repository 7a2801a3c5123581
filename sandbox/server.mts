import { randomUUID } from 'node:crypto';

import { fastify, type FastifyInstance } from 'fastify';

import { addApi } from './core/api.mts';
import { addRequestHooks } from './core/requestHooks.mts';
import { assetHandlers } from './asset/handlers.mts';
import { addBatchControl } from './batch/control.mts';
import { batchHandlers } from './batch/handlers.mts';
import { CONTROL_PATH, SandboxClient } from './client.mts';
import { readContract, type Contract } from './core/contract.mts';
import { addControl } from './core/control.mts';
import { estimateHandlers } from './generation/estimates.mts';
import { addGenerationControl } from './generation/control.mts';
import { generationHandlers } from './generation/handlers.mts';
import type { Handlers } from './core/handlers.mts';
import { COLLEAGUE_ID, OWNER_ID } from './asset/library.mts';
import { modelHandlers } from './generation/models.mts';
import { projectHandlers } from './project/handlers.mts';
import type { Settings } from './core/settings.mts';
import { speechHandlers } from './speech/handlers.mts';
import { State } from './state.mts';
import { STORAGE_PATH } from './storage/urls.mts';
import { addStorage } from './storage/routes.mts';
import { uploadHandlers } from './asset/uploads.mts';
import { voiceHandlers } from './voice/handlers.mts';

/** What to start. */
export interface SandboxOptions extends Partial<Settings> {
	/** Default: a free one. */
	port?: number;
	/** The key of the user whom the library belongs to; default `sandbox-key`. */
	apiKey?: string;
}

/** A running local Sync API. */
export interface Sandbox {
	/** Its base URL, without a slash at the end. */
	url: string;
	apiKey: string;
	control: SandboxClient;
	/** Ends it at once, with all its connections. */
	close: () => Promise<void>;
}

/** The key of another member of the organization. */
export const COLLEAGUE_KEY = 'colleague-key';

const HANDLERS: Handlers = {
	...assetHandlers,
	...uploadHandlers,
	...projectHandlers,
	...generationHandlers,
	...batchHandlers,
	...modelHandlers,
	...voiceHandlers,
	...speechHandlers,
	...estimateHandlers,
};

let contract: Contract | undefined;

/**
 * Starts a local Sync API on 127.0.0.1, with a small library of assets, and with the real API's limits: 600 requests, 120
 * upload URLs and 60 generations a minute, of which 3 may be on their way at once.
 *
 * @throws Error with code `EADDRINUSE` when the port is in use
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, apiKey = 'sandbox-key', ...settings } = options;
	const app = await buildSandbox(HANDLERS, apiKey, settings);
	// A client without keep-alive may come with thousands of connections at once.
	const url = await app.listen({ host: '127.0.0.1', port, backlog: 4096 });
	return { url, apiKey, control: new SandboxClient(url), close: async () => await app.close() };
}

/**
 * Builds a sandbox that does not listen yet.
 *
 * @param handlers the operations that it has
 * @param settings those that differ from the default
 */
export async function buildSandbox(
	handlers: Handlers,
	apiKey: string,
	settings: Partial<Settings> = {},
): Promise<FastifyInstance> {
	const state = new State(settings);
	const callers = [
		{ key: apiKey, userId: OWNER_ID },
		{ key: COLLEAGUE_KEY, userId: COLLEAGUE_ID },
	];
	const parts = { contract: (contract ??= readContract()), handlers, state, callers };
	const app = fastify({
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		genReqId: () => `req_${randomUUID()}`,
		rewriteUrl: ({ url = '/' }) => readableUrl(url),
		// As long as node lets an address be: whatever a client makes of an ID, it is the API that refuses it.
		routerOptions: { maxParamLength: 16_384 },
	});
	app.addHook('onClose', async () => await state.end());
	await app.register(async (site) => {
		addRequestHooks(site, state);
		await site.register(async (api) => await addApi(api, parts));
		await site.register(
			(storage, _options, done) => {
				addStorage(storage, state);
				done();
			},
			{ prefix: STORAGE_PATH },
		);
	});
	await app.register(
		(control, _options, done) => {
			addControl(control, state);
			addGenerationControl(control, state);
			addBatchControl(control, state);
			done();
		},
		{ prefix: CONTROL_PATH },
	);
	return app;
}

/** Fastify answers broken percent-encoding before any hook: as plain text it is an unknown ID like others. */
function readableUrl(url: string): string {
	try {
		decodeURIComponent(url);
		return url;
	} catch {
		return url.replaceAll('%', '%25');
	}
}
