import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { ASSETS } from '../../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../../sandbox/asset/types.mts';
import { ApiLab, getConnectionError, put } from '../apiLab.mts';

const api = new ApiLab();

const MIB = 1024 ** 2;
const CONTENT = new TextEncoder().encode('sixteen bytes...');
const createUpload = async () => await api.createUpload('a.mp4', 'video/mp4', CONTENT.length);

describe('a fault during a file transfer', () => {
	const match = { pathContains: '/storage/' };
	const addAsset = async (): Promise<Asset> =>
		await api.control.addAssetWithFile({ size: 3 * MIB, type: 'VIDEO', name: 'long.mp4' });

	/** Reads a response until the connection breaks or this many bytes have arrived. @returns the number of bytes */
	async function readBytes(response: Response, until = Infinity): Promise<number> {
		let size = 0;
		const reader = (response.body as ReadableStream<Uint8Array>).getReader();
		try {
			while (size < until) {
				const { done, value } = await reader.read();
				if (done) throw new Error('The response is complete');
				size += value.length;
			}
		} catch (error) {
			if ((error as Error).message !== 'terminated') throw error;
		}
		return size;
	}

	test.each(['PUT', 'GET'])('responds to a %s instead of the storage', async (method) => {
		await api.control.addFault({ kind: 'status', status: 503, body: '<Error/>', match });
		const isUpload = method === 'PUT';
		const url = isUpload
			? (await createUpload()).uploadUrl
			: await api.getDownloadUrl(ASSETS.image);
		const response = isUpload ? await put(url, { body: CONTENT }) : await fetch(url);
		expect([response.status, await response.text()]).toEqual([503, '<Error/>']);
	});

	test.each([
		['before', undefined],
		['in the middle of', 8],
		['after all of', 16],
	])('resets the connection %s an upload, and stores nothing', async (_when, afterBytes) => {
		await api.control.addFault({ kind: 'reset', match, afterBytes });
		const { url, uploadUrl } = await createUpload();
		expect(await getConnectionError(put(uploadUrl, { body: CONTENT }))).not.toBe('responded');
		expect((await api.register({ url, type: 'VIDEO' })).status).toBe(422);
	});

	test('stops responding in the middle of an upload', async () => {
		await api.control.addFault({ kind: 'hang', match, afterBytes: 8 });
		const client = new AbortController();
		const sending = getConnectionError(
			put((await createUpload()).uploadUrl, { body: CONTENT, signal: client.signal }),
		);
		await api.control.waitForRequests(2);
		expect((await api.control.listRequests())[1].status).toBeNull();
		client.abort();
		expect(await sending).toBe('AbortError');
	});

	test.each([
		['half of it', undefined, 1.5 * MIB],
		['a number of bytes', 1_000_001, 1_000_001],
		['no bytes', 0, 0],
	])('cuts a download after %s', async (_when, afterBytes, size) => {
		const { id } = await addAsset();
		await api.control.addFault({ kind: 'cut', match, afterBytes });
		const response = await fetch(await api.getDownloadUrl(id));
		expect(response.headers.get('content-length')).toBe(String(3 * MIB));
		expect(await readBytes(response)).toBe(size);
	});

	test('slows a download to a trickle, which still completes', async () => {
		const { id } = await addAsset();
		await api.control.addFault({ kind: 'trickle', match, afterBytes: MIB, delayMs: 1 });
		const response = await fetch(await api.getDownloadUrl(id));
		expect((await response.arrayBuffer()).byteLength).toBe(3 * MIB);
	});

	test('cuts a download without a Content-Length header, which looks complete', async () => {
		const { id } = await addAsset();
		await api.control.addFault({ kind: 'cut', match, afterBytes: MIB, withoutLength: true });
		const response = await fetch(await api.getDownloadUrl(id));
		expect(response.headers.get('content-length')).toBeNull();
		expect((await response.arrayBuffer()).byteLength).toBe(MIB);
	});

	test('stops responding in the middle of a download', async () => {
		const { id } = await addAsset();
		await api.control.addFault({ kind: 'hang', match, afterBytes: MIB });
		const client = new AbortController();
		const response = await fetch(await api.getDownloadUrl(id), { signal: client.signal });
		expect(await readBytes(response, MIB)).toBe(MIB);
		client.abort();
	});
});

describe('a generated file', () => {
	test('is always the same, without repeated blocks', async () => {
		const file = { size: 200_000, type: 'VIDEO', name: 'long.mov' } as const;
		const asset = await api.control.addAssetWithFile(file);
		expect((await api.request(`/v2/assets/${asset.id}`)).body).toEqual(asset);
		expect(asset).toMatchObject({ ...file, format: 'mov' });
		const read = async () =>
			Buffer.from(await (await fetch(await api.getDownloadUrl(asset.id))).arrayBuffer());
		const [first, second] = [await read(), await read()];
		expect(first.length).toBe(200_000);
		expect(first.equals(second)).toBe(true);
		const blocks = Array.from({ length: 3 }, (_, index) =>
			first.subarray(index * 65_536, (index + 1) * 65_536).toString('hex'),
		);
		expect(new Set(blocks).size).toBe(3);
	});

	test('is never loaded into memory as a whole, for download or upload', async () => {
		const size = 512 * MIB;
		const { id } = await api.control.addAssetWithFile({ size, type: 'VIDEO', name: 'long.mp4' });
		const { url, uploadUrl } = await api.createUpload('long.mp4', 'video/mp4', size);
		const from = await fetch(await api.getDownloadUrl(id));
		const to = httpRequest(uploadUrl, {
			method: 'PUT',
			headers: { 'content-type': 'video/mp4', 'content-length': size },
		});
		let peak = 0;
		await pipeline(
			Readable.fromWeb(from.body as Parameters<typeof Readable.fromWeb>[0]),
			async function* (chunks: AsyncIterable<Uint8Array>) {
				for await (const chunk of chunks) {
					peak = Math.max(peak, process.memoryUsage().arrayBuffers);
					yield chunk;
				}
			},
			to,
		);
		await new Promise((resolve) => to.once('response', resolve));
		expect((await api.register({ url, type: 'VIDEO' })).body.size).toBe(size);
		expect(peak).toBeLessThan(size / 2);
	}, 60_000);
});
