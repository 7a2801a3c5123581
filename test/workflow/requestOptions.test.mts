import { request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { INodeParameters } from 'n8n-workflow';
import { generate } from 'selfsigned';

import { createFileItem, FileLab } from './fileLab.mts';
import { startHttpServer } from './httpServer.mts';

const lab = new FileLab('filesystem');

/** Starts an HTTP proxy that records what it forwards. */
async function startProxy() {
	const forwarded: string[] = [];
	const proxy = await startHttpServer((request, response) => {
		const { url = '', method, headers } = request;
		const { pathname, search } = new URL(url);
		forwarded.push(`${method} ${pathname}${search}`);
		request.pipe(
			forward(url, { method, headers }, (upstream) => {
				response.writeHead(upstream.statusCode ?? 500, upstream.headers);
				upstream.pipe(response);
			}),
		);
	});
	return { ...proxy, forwarded };
}

test("requests to the API and the file storage go through the proxy from the node's settings", async () => {
	const proxy = await startProxy();
	const requestOptions = { proxy: proxy.url };
	const upload = { operation: 'upload', requestOptions, options: {} };
	const { out } = await lab.run(upload, [await createFileItem()]);
	const assetId = out[0].json.id as string;
	const download = { operation: 'download', assetId, requestOptions, options: {} };
	await lab.run(download, [{ json: {} }]);
	await proxy.close();
	const received = await lab.control.listRequests();
	expect(received.map(({ operationId }) => operationId)).toEqual(
		expect.arrayContaining(['createAsset', 'PutObject', 'GetObject']),
	);
	expect(proxy.forwarded).toEqual(received.map(({ method, path }) => `${method} ${path}`));
});

describe('a storage with a self-signed certificate', () => {
	/** Downloads the file of an asset from such a storage. */
	async function download(requestOptions: INodeParameters) {
		const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
		const keys: unknown[] = [];
		const storage = await startHttpServer(
			({ headers }, response) => {
				keys.push(headers['x-api-key']);
				response.end('film');
			},
			(listener) => createServer({ key, cert }, listener),
		);
		const match = { operationId: 'getAssetDownloadUrl' };
		const body = `https://${storage.host}/file`;
		await lab.control.addFault({ kind: 'status', status: 200, body, match });
		const asset = await lab.control.addAssetWithFile({ size: 4, type: 'VIDEO', name: 'film.mp4' });
		const parameters = { operation: 'download', assetId: asset.id, requestOptions, options: {} };
		const outcome = await lab.run(parameters, [{ json: {} }]);
		await storage.close();
		return { ...outcome, host: storage.host, keys };
	}

	test('is an error that names the host', async () => {
		const { errors, host, keys } = await download({});
		expect(errors[0].message).toContain(`The certificate of ${host} is not valid`);
		expect(errors[0].hint).toContain("'Ignore SSL Issues'");
		expect(keys).toEqual([]);
	});

	test("is accepted with 'Ignore SSL Issues'", async () => {
		const { out, keys } = await download({ allowUnauthorizedCerts: true });
		expect(out[0].binary?.data.bytes).toBe(4);
		expect(keys).toEqual([undefined]);
	});
});

describe('which timeout applies', () => {
	// With the other timeout, the test would time out.
	test.each<[string, INodeParameters]>([
		["the one in the node's settings", { requestOptions: { timeout: 1000 }, options: {} }],
		[
			'the one in Options, if both are set',
			{ requestOptions: { timeout: 600_000 }, options: { timeout: 1 } },
		],
	])('%s', async (_which, { requestOptions, options }) => {
		await lab.control.addFault({ kind: 'hang', match: { operationId: 'PutObject' } });
		const once = { maxRetries: 0, ...(options as INodeParameters) };
		const parameters = { operation: 'upload', requestOptions, options: once };
		const { errors } = await lab.run(parameters, [await createFileItem()]);
		expect(errors[0].message).toContain('did not respond in time');
	});
});
