import { N8nClient, OWNER } from '../n8n/client.mts';
import { LATEST_N8N } from '../n8n/install.mts';
import { RestError } from '../n8n/rest.mts';
import { startN8n } from '../n8n/server.mts';
import { SYNC_ASSET } from '../n8n/syncNodes.mts';
import type { ExampleApi } from './api.mts';

/** An n8n to run the examples in. */
export interface DemoInstance {
	client: N8nClient;
	/** How to log in to the editor. */
	loginHint: string;
	/** What Ctrl-C does. */
	stopHint: string;
	/** Stops n8n, or deletes from it what the demo created. */
	close: () => Promise<void>;
}

/** Starts an n8n with this package, as built. */
export async function startInstance(): Promise<DemoInstance> {
	const n8n = await startN8n({ version: LATEST_N8N });
	return {
		client: await N8nClient.connect(n8n.url),
		loginHint: `Log in with ${OWNER.email} and ${OWNER.password}.`,
		stopHint: 'stop n8n and delete its data',
		close: async () => await n8n.stop(),
	};
}

/**
 * Connects to an n8n that is running already, with this package installed.
 *
 * @param env has the login of a user in `N8N_EMAIL` and `N8N_PASSWORD`
 * @throws Error if it can't be reached, rejects the login, or lacks the package
 */
export async function connectToInstance(
	url: string,
	{ N8N_EMAIL: email = '', N8N_PASSWORD: password = '' }: NodeJS.ProcessEnv,
): Promise<DemoInstance> {
	if (!email || !password) {
		throw new Error('Set N8N_EMAIL and N8N_PASSWORD to the login of a user of this n8n');
	}
	const client = await logIn(url.replace(/\/+$/, ''), { email, password });
	if (!(await client.listNodeTypes()).includes(SYNC_ASSET)) {
		throw new Error(
			`n8n-nodes-sync-so is not installed in the n8n at ${url}. Install it under Settings → Community nodes, and restart n8n`,
		);
	}
	return {
		client,
		loginHint: `Log in with ${email}.`,
		stopHint: 'delete the workflows and credentials of the demo',
		close: async () => await client.deleteCreated(),
	};
}

/**
 * Checks that an n8n can use an API, which it may not reach from where it runs.
 *
 * @throws Error with what to do if it can't
 */
export async function assertUsable(
	{ client }: { client: Pick<N8nClient, 'url' | 'testCredential'> },
	{ url, apiKey, charging }: Pick<ExampleApi, 'url' | 'apiKey' | 'charging'>,
): Promise<void> {
	const credential = { name: 'Sync API', type: 'syncApi', data: { apiKey, baseUrl: url } };
	const { status, message } = await client.testCredential(credential);
	if (status === 'OK') return;
	const advice = charging
		? ''
		: '. Set SYNC_API_KEY to use the real API. Or run n8n on this machine, with Docker in the network of the host: docker run --network host';
	throw new Error(`The n8n at ${client.url} can't use the API at ${url}: ${message}${advice}`);
}

async function logIn(url: string, user: { email: string; password: string }): Promise<N8nClient> {
	try {
		return await N8nClient.logIn(url, user);
	} catch (error) {
		const isRejected = error instanceof RestError && error.status === 401;
		throw new Error(
			isRejected
				? `The n8n at ${url} rejected the login of ${user.email}. Check N8N_EMAIL and N8N_PASSWORD`
				: `The n8n at ${url} can't be used: ${describe(error)}`,
			{ cause: error },
		);
	}
}

/** The reason of a failed request: `fetch` keeps it in the cause. */
function describe(error: unknown): string {
	const { message, cause } = error as Error;
	const { code } = (cause ?? {}) as { code?: string };
	return code ? `${message} (${code})` : message;
}
