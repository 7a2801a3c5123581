import { randomUUID } from 'node:crypto';

import { fastify, type FastifyInstance } from 'fastify';

import { addApi } from './api.mts';
import { assetHandlers } from './assets.mts';
import { CONTROL_PATH, SandboxClient } from './client.mts';
import { readContract, type Contract } from './contract.mts';
import { addControl } from './control.mts';
import type { Handlers } from './handlers.mts';
import { modelHandlers } from './models.mts';
import { State, type Settings } from './state.mts';

/** What to start. */
export interface SandboxOptions extends Partial<Pick<Settings, 'latencyMs' | 'requestsPerMinute'>> {
	/** Default: a free one. */
	port?: number;
	/** The only key that is accepted; default `sandbox-key`. */
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

const HANDLERS: Handlers = { ...assetHandlers, ...modelHandlers };

let contract: Contract | undefined;

/**
 * Starts a local Sync API on 127.0.0.1, with a small library of assets and the real API's limit of 600 requests a
 * minute.
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
 */
export async function buildSandbox(
	handlers: Handlers,
	apiKey: string,
	{ latencyMs = 0, requestsPerMinute = 600 }: Partial<Settings> = {},
): Promise<FastifyInstance> {
	const state = new State({
		latencyMs,
		requestsPerMinute,
		retryAfter: true,
		badIdStatus: 400,
		batch: 'on',
	});
	const parts = { contract: (contract ??= readContract()), handlers, state, apiKey };
	const app = fastify({
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		genReqId: () => `req_${randomUUID()}`,
		rewriteUrl: ({ url = '/' }) => readableUrl(url),
		// As long as node lets an address be: whatever a client makes of an ID, it is the API that refuses it.
		routerOptions: { maxParamLength: 16_384 },
	});
	await app.register(async (api) => await addApi(api, parts));
	await app.register(
		(control, _options, done) => {
			addControl(control, state);
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
