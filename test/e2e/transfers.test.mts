import type { INodeParameters } from 'n8n-workflow';

import { localApi, type ExampleApi } from '../../demo/api.mts';
import { createCredentials } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { items } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { startN8n, type RunningN8n } from '../../n8n/server.mts';
import { chain, itemSource, node } from '../../n8n/workflow.mts';
import { SandboxClient } from '../../sandbox/client.mts';

jest.setTimeout(60_000);

const DOWNLOAD = { operationId: 'GetObject' };
const UPLOAD = { operationId: 'PutObject' };
const MB = 1_000_000;
const SETUPS = N8N_VERSIONS.flatMap((version) =>
	['filesystem', 'default'].map((mode) => [version, mode] as const),
);

const syncAsset = (name: string, parameters: INodeParameters) =>
	node(name, 'n8n-nodes-sync-so.syncAsset', 1, {
		parameters: { resource: 'asset', ...parameters },
		credentials: { syncApi: { id: null, name: 'Sync API' } },
		onError: 'continueErrorOutput',
	});

describe.each(SETUPS)('in n8n %s, which keeps files in mode %s', (version, mode) => {
	let api: ExampleApi;
	let sandbox: SandboxClient;
	let n8n: RunningN8n;
	let client: N8nClient;

	beforeAll(async () => {
		api = await localApi();
		sandbox = new SandboxClient(api.url);
		n8n = await startN8n({ version, env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } });
		client = await N8nClient.connect(n8n.url);
		await createCredentials(client, api);
	}, 30 * 60_000);

	afterAll(async () => {
		await n8n?.stop();
		await api?.close();
	});

	beforeEach(async () => await sandbox.reset());

	/** Downloads the file of a new asset, and uploads it again. Gives what came out of both. */
	async function copy(size: number, { upload = {}, ...options }: INodeParameters = {}) {
		const asset = await sandbox.addStoredAsset({ size, type: 'VIDEO', name: 'take.mp4' });
		const workflow = chain('Copy a file', [
			...itemSource([{ assetId: asset.id }]),
			syncAsset('Download', {
				operation: 'download',
				assetId: { __rl: true, mode: 'id', value: '={{ $json.assetId }}' },
				options: { timeout: 1, maxRetries: 0, ...options },
			}),
			syncAsset('Upload', {
				operation: 'upload',
				options: { timeout: 1, maxRetries: 0, reuseExisting: false, ...(upload as object) },
			}),
		]);
		const execution = await client.run(await client.createWorkflow(workflow));
		const outputOf = (name: string, output: number) => {
			const out = items(execution, name, output);
			return out.map(({ json }) => json);
		};
		return {
			downloadErrors: outputOf('Download', 1),
			uploadErrors: items(execution, 'Download').length ? outputOf('Upload', 1) : [],
			copies: items(execution, 'Download').length ? outputOf('Upload', 0) : [],
		};
	}

	const rangesAsked = async () =>
		(await sandbox.requests())
			.filter(({ operationId }) => operationId === 'GetObject')
			.map(({ headers }) => headers.range);

	const late = {
		error: { message: expect.stringContaining(' did not answer in time') as string },
	};

	test.each([false, true])(
		'a download in which nothing moves ends with an error; without a length: %s',
		async (withoutLength) => {
			await sandbox.addFault({ kind: 'hang', match: DOWNLOAD, afterBytes: 500, withoutLength });
			const { downloadErrors } = await copy(MB);
			expect(downloadErrors).toMatchObject([late]);
		},
	);

	test.each([false, true])(
		'a slow download may take longer than Timeout; without a length: %s',
		async (withoutLength) => {
			const slow = { delayMs: 150, afterBytes: 0 };
			await sandbox.addFault({ kind: 'trickle', match: DOWNLOAD, ...slow, withoutLength });
			const { copies } = await copy(MB);
			expect(copies).toMatchObject([{ size: MB }]);
		},
	);

	test('a download that breaks off at 90 % gets the rest alone', async () => {
		await sandbox.addFault({ kind: 'cut', match: DOWNLOAD, afterBytes: 18 * MB, times: 1 });
		const { copies } = await copy(20 * MB, { maxRetries: 1 });
		expect(copies).toMatchObject([{ size: 20 * MB }]);
		expect(await rangesAsked()).toEqual([undefined, expect.stringMatching(/^bytes=1[5-8]\d{6}-$/)]);
	});

	test('an upload in which nothing moves ends with an error', async () => {
		await sandbox.addFault({ kind: 'hang', match: UPLOAD, afterBytes: 500 });
		const { uploadErrors } = await copy(MB);
		expect(uploadErrors).toMatchObject([late]);
	});
});
