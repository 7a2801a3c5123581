import type { INodeParameters } from 'n8n-workflow';

import { getItems } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildItemSource, chainNodes } from '../../n8n/workflow.mts';
import { useN8n } from './n8nLab.mts';

jest.setTimeout(60_000);

const DOWNLOAD = { operationId: 'GetObject' };
const UPLOAD = { operationId: 'PutObject' };
const MB = 1_000_000;
const SETUPS = N8N_VERSIONS.flatMap((version) =>
	['filesystem', 'default'].map((mode) => [version, mode] as const),
);

const assetNode = (name: string, parameters: INodeParameters) =>
	buildSyncNode(name, { resource: 'asset', ...parameters }, { onError: 'continueErrorOutput' });

describe.each(SETUPS)('in n8n %s with files stored in mode %s', (version, mode) => {
	const lab = useN8n({ version, env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } });

	/** Downloads the file of a new asset and uploads it again. Returns the output of both nodes. */
	async function copy(size: number, { upload = {}, ...options }: INodeParameters = {}) {
		const asset = await lab.control.addAssetWithFile({ size, type: 'VIDEO', name: 'take.mp4' });
		const workflow = chainNodes('Copy a file', [
			...buildItemSource([{ assetId: asset.id }]),
			assetNode('Download', {
				operation: 'download',
				assetId: byId('={{ $json.assetId }}'),
				options: { timeout: 1, maxRetries: 0, ...options },
			}),
			assetNode('Upload', {
				operation: 'upload',
				options: { timeout: 1, maxRetries: 0, reuseExisting: false, ...(upload as object) },
			}),
		]);
		const execution = await lab.client.run(await lab.client.createWorkflow(workflow));
		const readOutput = (name: string, output: number) => {
			const out = getItems(execution, name, output);
			return out.map(({ json }) => json);
		};
		return {
			downloadErrors: readOutput('Download', 1),
			uploadErrors: getItems(execution, 'Download').length ? readOutput('Upload', 1) : [],
			copies: getItems(execution, 'Download').length ? readOutput('Upload', 0) : [],
		};
	}

	const listRanges = async () =>
		(await lab.control.listRequests())
			.filter(({ operationId }) => operationId === 'GetObject')
			.map(({ headers }) => headers.range);

	const late = {
		error: { message: expect.stringContaining(' did not respond in time') as string },
	};

	test.each([false, true])(
		'a download that stalls ends with an error; without a length: %s',
		async (withoutLength) => {
			await lab.control.addFault({ kind: 'hang', match: DOWNLOAD, afterBytes: 500, withoutLength });
			const { downloadErrors } = await copy(MB);
			expect(downloadErrors).toMatchObject([late]);
		},
	);

	test.each([false, true])(
		'a slow download can take longer than Timeout; without a length: %s',
		async (withoutLength) => {
			const slow = { delayMs: 150, afterBytes: 0 };
			await lab.control.addFault({ kind: 'trickle', match: DOWNLOAD, ...slow, withoutLength });
			const { copies } = await copy(MB);
			expect(copies).toMatchObject([{ size: MB }]);
		},
	);

	test('a download that breaks off at 90 % requests only the rest', async () => {
		await lab.control.addFault({ kind: 'cut', match: DOWNLOAD, afterBytes: 18 * MB, times: 1 });
		const { copies } = await copy(20 * MB, { maxRetries: 1, timeout: 30, upload: { timeout: 30 } });
		expect(copies).toMatchObject([{ size: 20 * MB }]);
		expect(await listRanges()).toEqual([undefined, expect.stringMatching(/^bytes=1[5-8]\d{6}-$/)]);
	});

	test('an upload that stalls ends with an error', async () => {
		await lab.control.addFault({ kind: 'hang', match: UPLOAD, afterBytes: 500 });
		const { uploadErrors } = await copy(MB);
		expect(uploadErrors).toMatchObject([late]);
	});
});
