import { EXAMPLES, findUnexpected } from '../../demo/examples.mts';
import { didRun, getItems, getNodeError } from '../../n8n/execution.mts';
import { SYNC_TRIGGER } from '../../n8n/syncNodes.mts';
import { LIBRARY, MISSING_ASSET_ID, seededAssetId } from '../../sandbox/asset/fixtures.mts';
import { useExamples } from './exampleLab.mts';
import { buildGetWorkflow } from './getWorkflow.mts';
import { TESTED_N8N, useTestedN8n } from './n8nLab.mts';
import { buildPaidWorkflow, takeNames } from './paidWorkflow.mts';
import { createGeneration } from './triggerWorkflow.mts';

jest.setTimeout(60_000);

describe.each(TESTED_N8N)('in n8n %s', (version) => {
	const lab = useTestedN8n(version);
	const examples = useExamples(lab);

	/** Stores and runs a workflow that gets assets. */
	const get = async (...args: Parameters<typeof buildGetWorkflow>) =>
		await lab.client.run(await lab.client.createWorkflow(buildGetWorkflow(...args)));

	test.each(['syncAsset', 'syncGeneration'])(
		'the node %s is available for workflows and AI agents',
		async (name) => {
			const type = `n8n-nodes-sync-so.${name}`;
			expect(await lab.client.listNodeTypes()).toEqual(
				expect.arrayContaining([type, `${type}Tool`]),
			);
		},
	);

	test('the node syncTrigger is available for workflows, but not for AI agents', async () => {
		const types = await lab.client.listNodeTypes();
		expect(types).toContain(SYNC_TRIGGER);
		expect(types).not.toContain(`${SYNC_TRIGGER}Tool`);
	});

	test.each(EXAMPLES)('the example $file has the promised results', async (example) => {
		if (example.listsVideos) {
			const { id } = await createGeneration(lab.api);
			await lab.control.endGeneration(id);
		}
		const { results } = await examples.run(example);
		expect(findUnexpected(results)).toEqual([]);
	});

	test.each([
		['accepts a valid key', {}, 'OK', /^Connection successful!$/],
		[
			'reports an invalid key',
			{ apiKey: 'wrong' },
			'Error',
			/rejected the API key.*sync\.so\/settings\/api-keys/,
		],
		[
			'reports a refused connection',
			{ baseUrl: 'http://127.0.0.1:9' },
			'Error',
			/refused the connection/,
		],
		[
			'reports an unknown host',
			{ baseUrl: 'https://no-such-host.invalid' },
			'Error',
			/was not found/,
		],
		[
			'allows plain HTTP only on this machine',
			{ baseUrl: 'http://example.com' },
			'Error',
			/https:\/\//,
		],
	])('the credential test %s', async (_what, data, status, message) => {
		const result = await lab.client.testCredential({
			name: 'tested',
			type: 'syncApi',
			data: { apiKey: lab.api.apiKey, baseUrl: lab.api.url, ...data },
		});
		expect(result).toEqual({ status, message: expect.stringMatching(message) as string });
	});

	const mixed = [LIBRARY[0].id, MISSING_ASSET_ID, '../generate', LIBRARY[2].id, '', LIBRARY[0].id];

	test('as many items come out as go in, each paired with its input item, on two outputs', async () => {
		const execution = await get(mixed, {}, { onError: 'continueErrorOutput' });
		const found = getItems(execution, 'Get Asset', 0);
		const failed = getItems(execution, 'Get Asset', 1);
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
		expect((await lab.control.listRequests()).map(({ path }) => path).sort()).toEqual([
			'/v2/assets/..%2Fgenerate',
			`/v2/assets/${MISSING_ASSET_ID}`,
			'/v2/assets/batch',
		]);
	});

	test('the same items come out with and without Combine Lookups', async () => {
		const combined = await get(mixed, {}, { onError: 'continueErrorOutput' });
		const single = await get(
			mixed,
			{ options: { combineLookups: false } },
			{ onError: 'continueErrorOutput' },
		);
		for (const output of [0, 1]) {
			expect(getItems(combined, 'Get Asset', output)).toEqual(
				getItems(single, 'Get Asset', output),
			);
		}
	});

	test('an error stops the workflow by default, and the node says why and what to do', async () => {
		const execution = await get([MISSING_ASSET_ID]);
		expect(execution.status).toBe('error');
		expect(getNodeError(execution, 'Get Asset')).toMatchObject({
			message: `Asset not found: ${MISSING_ASSET_ID}`,
			description: 'Check the asset id and that it belongs to your organization.',
			httpCode: '404',
		});
	});

	test('a request with an invalid key is not retried', async () => {
		await get(
			[LIBRARY[0].id],
			{},
			{ onError: 'continueRegularOutput', credential: 'Sync API with a Wrong Key' },
		);
		expect((await lab.control.getTotals()).byStatus).toEqual({ 401: 1 });
	});

	test('a rate limit, a broken connection and a gateway error are retried', async () => {
		await lab.control.addFault({
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '1' },
			body: { message: 'Rate limit exceeded' },
			times: 1,
		});
		await lab.control.addFault({ kind: 'reset', times: 1 });
		await lab.control.addFault({
			kind: 'status',
			status: 502,
			body: '<html>502</html>',
			headers: { 'content-type': 'text/html' },
			times: 1,
		});
		const execution = await get([LIBRARY[0].id]);
		expect(getItems(execution, 'Get Asset')[0].json).toMatchObject({ id: LIBRARY[0].id });
		expect((await lab.control.getTotals()).count).toBe(4);
	});

	test('Stop ends hundreds of waiting items immediately, and nothing more is sent', async () => {
		await lab.control.configure({ latencyMs: 60_000, requestsPerMinute: null });
		const ids = Array.from({ length: 500 }, (_, index) => seededAssetId(index));
		const workflow = await lab.client.createWorkflow(
			buildGetWorkflow(ids, { options: { combineLookups: false } }),
		);
		const id = await lab.client.start(workflow);
		await lab.control.waitForRequests(10);
		await lab.client.stop(id);
		const execution = await lab.client.waitForExecution(id, { timeout: 30_000 });
		expect(execution.status).toBe('canceled');
		expect((await lab.control.getTotals()).count).toBe(10);
	});

	test('each video is created once, even if a response is lost and n8n retries the node', async () => {
		await lab.control.configure({ concurrency: null });
		await lab.control.addFault({
			match: { operationId: 'createGeneration' },
			kind: 'reset',
			after: true,
			times: 1,
		});
		const json = buildPaidWorkflow(
			'generation',
			takeNames(3),
			{ wait: 'inNode', additionalFields: { visualKind: 'auto' } },
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 100 },
		);
		const execution = await lab.client.run(await lab.client.createWorkflow(json));
		const made = getItems(execution, 'Create').map(({ json }) => json);
		expect(made.map(({ status }) => status)).toEqual(Array(3).fill('COMPLETED'));
		expect(new Set(made.map(({ id }) => id)).size).toBe(3);
		expect((await lab.control.getGenerationTotals()).created).toBe(3);
		expect((await lab.control.getTotals()).byOperation.createGeneration).toBe(4);
	});

	test('all requests fit the contract', async () => {
		await get(mixed, {}, { onError: 'continueErrorOutput' });
		expect((await lab.control.getTotals()).violations).toEqual([]);
	});

	test('the key appears in neither the log nor the executions', async () => {
		const executions = [
			await get(mixed, {}, { onError: 'continueErrorOutput' }),
			await get([MISSING_ASSET_ID]),
			await get([LIBRARY[0].id], { options: { timeout: 1 } }),
		];
		expect(didRun(executions[0], 'Get Asset')).toBe(true);
		expect(JSON.stringify(executions)).not.toContain(lab.api.apiKey);
		expect(await lab.readLog()).not.toContain(lab.api.apiKey);
	});
});
