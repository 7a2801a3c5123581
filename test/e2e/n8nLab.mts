import { type ExampleApi, startLocalApi } from '../../demo/api.mts';
import { connectToInstance } from '../../demo/instance.mts';
import { createCredentials } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { N8N_VERSIONS, type N8nVersion } from '../../n8n/install.mts';
import { type QueueMode, startQueueMode } from '../../n8n/queueMode.mts';
import { type RunningN8n, startN8n } from '../../n8n/server.mts';
import { SandboxClient } from '../../sandbox/client.mts';

/** The first installation of an n8n version takes some minutes. */
export const INSTALL_LIMIT = 30 * 60_000;

/**
 * An n8n that is running already, with this package installed. Set `N8N_URL`, and the login of a user in `N8N_EMAIL`
 * and `N8N_PASSWORD`, to test it instead of the versions that we start.
 */
const { N8N_URL } = process.env;

/** The n8n to run all tests with: the versions that we start, or an existing one. */
export const TESTED_N8N: ReadonlyArray<N8nVersion | 'existing'> = N8N_URL
	? ['existing']
	: N8N_VERSIONS;

/** What every lab has: a local Sync API, and an n8n that has credentials for it. */
export interface Lab {
	api: ExampleApi;
	control: SandboxClient;
	client: N8nClient;
	/** Gets the log of n8n. Empty for an existing one. */
	readLog: () => Promise<string>;
}

/** A local Sync API and an n8n process. */
export interface N8nLab extends Lab {
	n8n: RunningN8n;
}

/** A local Sync API and an n8n in queue mode. */
export interface QueueModeLab extends Lab {
	queue: QueueMode;
}

/** Starts an n8n for the tests of a block. The sandbox is reset before each test. */
export function useN8n(...options: Parameters<typeof startN8n>): N8nLab {
	const lab = {} as N8nLab;
	beforeAll(async () => {
		await startApi(lab);
		lab.n8n = await startN8n(...options);
		lab.readLog = async () => await lab.n8n.readLog();
		await connect(lab, lab.n8n.url);
	}, INSTALL_LIMIT);
	afterAll(async () => {
		await lab.n8n?.stop();
		await lab.api?.close();
	});
	beforeEach(async () => await lab.control.reset());
	return lab;
}

/** Starts an n8n for the tests of a block, or uses the existing one. The sandbox is reset before each test. */
export function useTestedN8n(version: N8nVersion | 'existing'): Lab {
	return version === 'existing' ? useExistingN8n() : useN8n({ version });
}

function useExistingN8n(): Lab {
	const lab = {} as Lab;
	beforeAll(async () => {
		await startApi(lab);
		lab.client = (await connectToInstance(String(N8N_URL), process.env)).client;
		lab.readLog = () => Promise.resolve('');
		await createCredentials(lab.client, lab.api);
	});
	afterAll(async () => {
		await lab.client?.deleteCreated();
		await lab.api?.close();
	});
	beforeEach(async () => await lab.control.reset());
	return lab;
}

/** Starts an n8n in queue mode for the tests of a block. The sandbox is reset before each test. */
export function useQueueMode(...options: Parameters<typeof startQueueMode>): QueueModeLab {
	const lab = {} as QueueModeLab;
	beforeAll(async () => {
		await startApi(lab);
		lab.queue = await startQueueMode(...options);
		lab.readLog = async () => await lab.queue.n8n.readLog();
		await connect(lab, lab.queue.n8n.url);
	}, INSTALL_LIMIT);
	afterAll(async () => {
		await lab.queue?.stop();
		await lab.api?.close();
	});
	beforeEach(async () => await lab.control.reset());
	return lab;
}

async function startApi(lab: Lab): Promise<void> {
	lab.api = await startLocalApi();
	lab.control = new SandboxClient(lab.api.url);
}

async function connect(lab: Lab, url: string): Promise<void> {
	lab.client = await N8nClient.connect(url);
	await createCredentials(lab.client, lab.api);
}
