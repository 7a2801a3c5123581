import { localApi, type ExampleApi } from '../../demo/api.mts';
import { EXAMPLES, isExpected } from '../../demo/examples.mts';
import { createCredentials, runExample } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { didRun, items, nodeError } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { startN8n, type RunningN8n } from '../../n8n/server.mts';
import { assetIdAt, LIBRARY, MISSING_ASSET_ID } from '../../sandbox/asset/fixtures.mts';
import { SandboxClient } from '../../sandbox/client.mts';
import { createWorkflow } from './createWorkflow.mts';
import { getWorkflow } from './getWorkflow.mts';

/** A first installation of n8n takes some minutes. */
const INSTALL_LIMIT = 30 * 60_000;

jest.setTimeout(60_000);

describe.each(N8N_VERSIONS)('in n8n %s', (version) => {
	let api: ExampleApi;
	let sandbox: SandboxClient;
	let n8n: RunningN8n;
	let client: N8nClient;

	beforeAll(async () => {
		api = await localApi();
		sandbox = new SandboxClient(api.url);
		n8n = await startN8n({ version });
		client = await N8nClient.connect(n8n.url);
		await createCredentials(client, api);
	}, INSTALL_LIMIT);

	afterAll(async () => {
		await n8n?.stop();
		await api?.close();
	});

	beforeEach(async () => await sandbox.reset());

	/** Stores and runs a workflow that gets assets. */
	const get = async (...args: Parameters<typeof getWorkflow>) =>
		await client.run(await client.createWorkflow(getWorkflow(...args)));

	test.each(['syncAsset', 'syncGeneration'])(
		'the node %s is there, for workflows and for AI agents',
		async (name) => {
			const type = `n8n-nodes-sync-so.${name}`;
			expect(await client.listNodeTypes()).toEqual(expect.arrayContaining([type, `${type}Tool`]));
		},
	);

	test.each(EXAMPLES)('the example $file does what it promises', async (example) => {
		const { results } = await runExample(client, api, example);
		expect(results.filter((result) => !isExpected(result))).toEqual([]);
		expect(results.flatMap(({ rows }) => rows)).not.toEqual([]);
	});

	test.each([
		['accepts a good key', {}, 'OK', /^Connection successful!$/],
		[
			'says that a wrong key was refused',
			{ apiKey: 'wrong' },
			'Error',
			/refused the API key.*sync\.so\/settings\/api-keys/,
		],
		[
			'says that a server is not there',
			{ baseUrl: 'http://127.0.0.1:9' },
			'Error',
			/refused the connection/,
		],
		[
			'says that a host is not known',
			{ baseUrl: 'https://no-such-host.invalid' },
			'Error',
			/was not found/,
		],
		[
			'says that plain http is for this machine',
			{ baseUrl: 'http://example.com' },
			'Error',
			/https:\/\//,
		],
	])('the credential test %s', async (_what, data, status, message) => {
		const result = await client.testCredential({
			name: 'tested',
			type: 'syncApi',
			data: { apiKey: api.apiKey, baseUrl: api.url, ...data },
		});
		expect(result).toEqual({ status, message: expect.stringMatching(message) as string });
	});

	const mixed = [LIBRARY[0].id, MISSING_ASSET_ID, '../generate', LIBRARY[2].id, '', LIBRARY[0].id];

	test('as many items come out as go in, each paired with its own, on two outputs', async () => {
		const execution = await get(mixed, {}, { onError: 'continueErrorOutput' });
		const found = items(execution, 'Get Asset', 0);
		const failed = items(execution, 'Get Asset', 1);
		expect(found.map(({ json }) => json.id)).toEqual([mixed[0], mixed[3], mixed[5]]);
		expect(found.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 3 },
			{ item: 5 },
		]);
		expect(failed.map(({ json }) => (json.error as { statusCode: number }).statusCode)).toEqual([
			404, 400, 0,
		]);
		expect(failed.map(({ json }) => json.assetId)).toEqual([mixed[1], mixed[2], mixed[4]]);
		expect((await sandbox.requests()).map(({ path }) => path).sort()).toEqual([
			'/v2/assets/..%2Fgenerate',
			`/v2/assets/${MISSING_ASSET_ID}`,
			'/v2/assets/batch',
		]);
	});

	test('the same items come out of one request each as of combined ones', async () => {
		const combined = await get(mixed, {}, { onError: 'continueErrorOutput' });
		const single = await get(
			mixed,
			{ options: { combineLookups: false } },
			{ onError: 'continueErrorOutput' },
		);
		for (const output of [0, 1]) {
			expect(items(combined, 'Get Asset', output)).toEqual(items(single, 'Get Asset', output));
		}
	});

	test('without On Error the workflow stops, and the node says why and what to do', async () => {
		const execution = await get([MISSING_ASSET_ID]);
		expect(execution.status).toBe('error');
		expect(nodeError(execution, 'Get Asset')).toMatchObject({
			message: 'Asset not found',
			description: 'Check the asset id and that it belongs to your organization.',
			httpCode: '404',
		});
	});

	test('a wrong key is tried once, not twice', async () => {
		await get(
			[LIBRARY[0].id],
			{},
			{ onError: 'continueRegularOutput', credential: 'Sync API with a Wrong Key' },
		);
		expect((await sandbox.totals()).byStatus).toEqual({ 401: 1 });
	});

	test('a rate limit, a broken connection and a gateway fault pass unnoticed', async () => {
		await sandbox.addFault({
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '1' },
			body: { message: 'Rate limit exceeded' },
			times: 1,
		});
		await sandbox.addFault({ kind: 'reset', times: 1 });
		await sandbox.addFault({
			kind: 'status',
			status: 502,
			body: '<html>502</html>',
			headers: { 'content-type': 'text/html' },
			times: 1,
		});
		const execution = await get([LIBRARY[0].id]);
		expect(items(execution, 'Get Asset')[0].json).toMatchObject({ id: LIBRARY[0].id });
		expect((await sandbox.totals()).count).toBe(4);
	});

	test('Stop ends hundreds of waiting items at once, and nothing is sent afterwards', async () => {
		await sandbox.configure({ latencyMs: 60_000, requestsPerMinute: null });
		const ids = Array.from({ length: 500 }, (_, index) => assetIdAt(index));
		const workflow = await client.createWorkflow(
			getWorkflow(ids, { options: { combineLookups: false } }),
		);
		const id = await client.start(workflow);
		await sandbox.waitForRequests(10);
		await client.stop(id);
		const execution = await client.waitForExecution(id, { timeout: 30_000 });
		expect(execution.status).toBe('canceled');
		expect((await sandbox.totals()).count).toBe(10);
	});

	test('each video is made once, although an answer is lost and n8n tries the node again', async () => {
		await sandbox.configure({ concurrency: null });
		await sandbox.addFault({
			match: { operationId: 'createGeneration' },
			kind: 'reset',
			after: true,
			times: 1,
		});
		const execution = await client.run(await client.createWorkflow(createWorkflow(3)));
		const made = items(execution, 'Create').map(({ json }) => json);
		expect(made.map(({ status }) => status)).toEqual(Array(3).fill('COMPLETED'));
		expect(new Set(made.map(({ id }) => id)).size).toBe(3);
		expect((await sandbox.generationTotals()).created).toBe(3);
		expect((await sandbox.totals()).byOperation.createGeneration).toBe(4);
	});

	test('what was sent fits the contract', async () => {
		await get(mixed, {}, { onError: 'continueErrorOutput' });
		expect((await sandbox.totals()).violations).toEqual([]);
	});

	test('the key is in no log and no execution', async () => {
		const executions = [
			await get(mixed, {}, { onError: 'continueErrorOutput' }),
			await get([MISSING_ASSET_ID]),
			await get([LIBRARY[0].id], { options: { timeout: 1 } }),
		];
		expect(didRun(executions[0], 'Get Asset')).toBe(true);
		expect(JSON.stringify(executions)).not.toContain(api.apiKey);
		expect(await n8n.log()).not.toContain(api.apiKey);
	});
});
