import { execa, type Options } from 'execa';

import { ApiClient } from '../../api/client.mts';
import { EXAMPLES } from '../../demo/examples.mts';
import { N8nClient, type Owner } from '../../n8n/client.mts';
import { LATEST_N8N } from '../../n8n/install.mts';
import { type RunningN8n, startN8n } from '../../n8n/server.mts';
import { createSyncCredential } from '../../n8n/syncNodes.mts';
import { ASSETS, LIBRARY } from '../../sandbox/asset/fixtures.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { ROOT } from '../contract/repository.mts';
import { INSTALL_LIMIT } from './n8nLab.mts';

jest.setTimeout(180_000);

const USER: Owner = {
	email: 'somebody@example.com',
	firstName: 'Some',
	lastName: 'Body',
	password: 'Existing2026',
};

let sandbox: Sandbox;
let n8n: RunningN8n;
let client: N8nClient;

/** Runs the demo in its own process, as `npm run demo` does after the build. */
const startDemo = (args: string[], env: NodeJS.ProcessEnv, options: Options = {}) =>
	execa('tsx', ['demo/main.mts', ...args], {
		cwd: ROOT,
		preferLocal: true,
		reject: false,
		env: { SYNC_API_KEY: '', ...env },
		...options,
	});

/** Runs the demo and waits until it ends. */
const runDemo = async (...[args, ...more]: Parameters<typeof startDemo>) =>
	await startDemo(['--once', ...args], ...more);

/** Creates a video of somebody else in the account, and returns its ID. */
async function createOtherVideo(): Promise<string> {
	const input = [
		{ type: 'video', assetId: ASSETS.interview },
		{ type: 'audio', assetId: ASSETS.voiceover },
	];
	const account = new ApiClient(sandbox.url, sandbox.apiKey);
	const body = { model: 'lipsync-2', input };
	const { id } = await account.request<{ id: string }>('POST', '/v2/generate', body);
	await sandbox.control.endGeneration(id);
	return id;
}

/**
 * Expects that neither the account nor n8n has anything from the demo.
 *
 * @param others the generations of others, which remain
 */
async function expectNothingLeft(others: string[] = []): Promise<void> {
	expect(await client.listWorkflows()).toEqual([]);
	expect(await client.findDataTable('sync.so Assets')).toBeUndefined();
	expect((await client.listCredentials()).map(({ name }) => name)).toEqual(['Sync API']);
	const account = new ApiClient(sandbox.url, sandbox.apiKey);
	expect(await account.request('GET', '/v2/assets/count')).toBe(LIBRARY.length);
	const generations = await account.request<Array<{ id: string }>>('GET', '/v2/generate');
	expect(generations.map(({ id }) => id)).toEqual(others);
}

const login = { N8N_EMAIL: USER.email, N8N_PASSWORD: USER.password };

/** An n8n that is used for other things, and a sandbox in the role of the real API. */
beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await startN8n({ version: LATEST_N8N });
	client = await N8nClient.connect(n8n.url, USER);
	await createSyncCredential(client, { url: sandbox.url, apiKey: 'of somebody else' });
}, INSTALL_LIMIT);

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

test('the demo runs in an existing n8n with the real API, uses only what it creates, and leaves nothing behind', async () => {
	const other = await createOtherVideo();
	const { length: earlier } = await sandbox.control.listRequests();
	const { stdout, exitCode } = await runDemo(
		['--n8n', n8n.url, '--with-videos', '--max-cost', '1'],
		{ ...login, SYNC_API_KEY: sandbox.apiKey, SYNC_BASE_URL: sandbox.url },
		{ input: 'y\n' },
	);
	const output = String(stdout);
	expect(output).toContain('All results are as expected.');
	expect(exitCode).toBe(0);
	expect(output.match(/^# /gm)).toHaveLength(EXAMPLES.filter((one) => !one.onlyLocal).length);
	expect((await sandbox.control.getGenerationTotals()).created).toBe(1 + 4);
	const requests = JSON.stringify((await sandbox.control.listRequests()).slice(earlier));
	const foreign = [other, ...LIBRARY.map(({ id }) => id)];
	expect(foreign.filter((id) => requests.includes(id))).toEqual([]);
	const printable = [...foreign, ...LIBRARY.flatMap(({ name, url }) => [name, url])];
	expect(printable.filter((text) => text && output.includes(text))).toEqual([]);
	await expectNothingLeft([other]);
	expect(output).not.toContain(sandbox.apiKey);
});

test('without an API key, the demo runs every example, and leaves nothing behind', async () => {
	await sandbox.control.reset();
	const { stdout, stderr, exitCode } = await runDemo(['--n8n', n8n.url], login);
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	expect(String(stdout).match(/^# /gm)).toHaveLength(EXAMPLES.length);
	await expectNothingLeft();
});

test('no video is created without a yes', async () => {
	await sandbox.control.reset();
	const { stdout } = await runDemo(
		['--n8n', n8n.url, '--with-videos'],
		{ ...login, SYNC_API_KEY: sandbox.apiKey, SYNC_BASE_URL: sandbox.url },
		{ input: '' },
	);
	expect(stdout).toContain('No videos are created.');
	expect((await sandbox.control.getGenerationTotals()).created).toBe(0);
});

test('Ctrl-C removes what the demo created', async () => {
	await sandbox.control.reset();
	const demo = startDemo(['--n8n', n8n.url], {
		...login,
		SYNC_API_KEY: sandbox.apiKey,
		SYNC_BASE_URL: sandbox.url,
	});
	const isReady = new Promise<void>((resolve) => {
		let output = '';
		demo.stdout?.on('data', (chunk) => {
			output += String(chunk);
			if (output.includes('Press Ctrl-C')) resolve();
		});
	});
	await Promise.race([isReady, demo]);
	const isRunning = demo.kill('SIGINT');
	const { exitCode, stderr } = await demo;
	expect({ isRunning, exitCode, stderr }).toEqual({ isRunning: true, exitCode: 0, stderr: '' });
	await expectNothingLeft();
});

test.each([
	['a wrong password', { ...login, N8N_PASSWORD: 'wrong' }, /rejected the login of somebody@/],
	['no login', { N8N_EMAIL: '', N8N_PASSWORD: '' }, /Set N8N_EMAIL and N8N_PASSWORD/],
])('with %s, the demo says what to do', async (_what, env, message) => {
	const { stderr, exitCode } = await runDemo(['--n8n', n8n.url], env);
	expect(stderr).toMatch(message);
	expect(exitCode).toBe(1);
});
