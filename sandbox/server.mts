import fastify from 'fastify';

import { addApi } from './api.mts';
import { CONTROL_PATH, SandboxClient } from './client.mts';
import { addControl } from './control.mts';
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

/**
 * Starts a local Sync API on 127.0.0.1, with a small library of assets and the real API's limit of 600 requests a
 * minute.
 *
 * @throws Error when the port is in use
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, apiKey = 'sandbox-key', latencyMs = 0, requestsPerMinute = 600 } = options;
	const state = new State({
		latencyMs,
		requestsPerMinute,
		retryAfter: true,
		badIdStatus: 400,
	});
	const app = fastify({
		forceCloseConnections: true,
		// The longest ID that a client may try, percent-encoded.
		routerOptions: { maxParamLength: 16_384 },
	});
	await app.register(async (api) => await addApi(api, state, apiKey));
	await app.register(
		async (control) => {
			addControl(control, state);
			await Promise.resolve();
		},
		{ prefix: CONTROL_PATH },
	);
	const url = await app.listen({ host: '127.0.0.1', port });
	return { url, apiKey, control: new SandboxClient(url), close: async () => await app.close() };
}
