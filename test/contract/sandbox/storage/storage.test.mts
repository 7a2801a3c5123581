import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';

import { ASSETS, LIBRARY, MISSING_ASSET_ID } from '../../../../sandbox/asset/library.mts';
import { sampleFile } from '../../../../sandbox/storage/samples.mts';
import { startSandbox } from '../../../../sandbox/server.mts';
import { FileStore } from '../../../../sandbox/storage/store.mts';
import { REPLIES } from '../../../unit/answers.mts';
import { put, SandboxApi } from '../apiClient.mts';

const api = new SandboxApi();

const VIDEO = { 'content-type': 'video/mp4' };
const CONTENT = new TextEncoder().encode('sixteen bytes...');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

const presign = async () => await api.presign('a.mp4', 'video/mp4', CONTENT.length);

/** An answer of the storage that is an error: its status, and S3's code and words. */
async function refusal(response: Response): Promise<[number, string?, string?]> {
	const xml = /<Code>(.+)<\/Code><Message>(.+)<\/Message>/.exec(await response.text()) ?? [];
	expect(response.headers.get('content-type')).toMatch(/^application\/xml/);
	return [response.status, xml[1], xml[2]];
}

const EXPIRED = [403, 'AccessDenied', 'Request has expired'];

describe('an upload', () => {
	test('is answered with an ETag and without a body', async () => {
		const response = await put((await presign()).uploadUrl, { body: CONTENT });
		expect(response.status).toBe(200);
		expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
		expect(await response.text()).toBe('');
	});

	test('is in the record with its headers, and with its size and digest in place of the body', async () => {
		await put((await presign()).uploadUrl, { body: CONTENT });
		expect((await api.control.requests())[1]).toMatchObject({
			method: 'PUT',
			operationId: 'PutObject',
			status: 200,
			headers: { ...VIDEO, 'content-length': '16' },
			body: { size: 16, sha256: SHA256 },
		});
	});

	test('may be of nothing, and may be sent again', async () => {
		const { url, uploadUrl } = await presign();
		await put(uploadUrl, { body: '' });
		expect((await api.register({ url, type: 'VIDEO' })).body.size).toBe(0);
		await put(uploadUrl, { body: CONTENT });
		expect((await api.register({ url, type: 'VIDEO' })).body.size).toBe(16);
	});

	test('is refused when its URL has expired', async () => {
		await api.control.configure({ uploadExpiresIn: 0 });
		const { uploadUrl, expiresIn } = await presign();
		expect(expiresIn).toBe(0);
		expect(await refusal(await put(uploadUrl, { body: CONTENT }))).toEqual(EXPIRED);
	});

	test.each([
		[
			'another content type',
			(url: string) => put(url, { body: CONTENT, headers: { 'content-type': 'video/x' } }),
		],
		['another address', (url: string) => put(url.replace('a.mp4', 'b.mp4'), { body: CONTENT })],
		[
			'a longer time',
			(url: string) => put(url.replace('Expires=3600', 'Expires=9999'), { body: CONTENT }),
		],
		['a signature of another length', (url: string) => put(`${url}00`, { body: CONTENT })],
		['another method', (url: string) => fetch(url)],
	])('is refused for %s', async (_what, send) => {
		const [status, code] = await refusal(await send((await presign()).uploadUrl));
		expect([status, code]).toEqual([403, 'SignatureDoesNotMatch']);
	});

	test('is refused without a signature', async () => {
		const { url } = await presign();
		expect(await refusal(await put(url, { body: CONTENT }))).toEqual([
			403,
			'AccessDenied',
			'Access Denied',
		]);
	});

	test('is refused without a length', async () => {
		const body = new Blob([CONTENT]).stream();
		// Fetch wants to be told that a stream goes one way; its types do not know of it.
		const init = { body, duplex: 'half' } as RequestInit;
		const [status, code] = await refusal(await put((await presign()).uploadUrl, init));
		expect([status, code]).toEqual([411, 'MissingContentLength']);
	});

	test('is refused for more than 5 GiB', async () => {
		const { uploadUrl } = await presign();
		const headers = { ...VIDEO, 'content-length': String(5 * 1024 ** 3 + 1) };
		const sending = httpRequest(uploadUrl, { method: 'PUT', headers });
		sending.on('error', () => {}).flushHeaders();
		const status = await new Promise((resolve) =>
			sending.once('response', (response) => resolve(response.statusCode)),
		);
		sending.destroy();
		expect(status).toBe(400);
	});

	test('with the API key is refused, and that is noted', async () => {
		const headers = { ...VIDEO, 'x-api-key': 'sandbox-key' };
		const response = await put((await presign()).uploadUrl, { body: CONTENT, headers });
		expect((await refusal(response)).slice(0, 2)).toEqual([400, 'UnexpectedApiKey']);
		expect(await api.provoked()).toEqual([
			expect.stringContaining('the API key was sent to the storage'),
		]);
	});

	test('that its client breaks off leaves nothing', async () => {
		const { url, uploadUrl } = await presign();
		const headers = { ...VIDEO, 'content-length': '32' };
		const sending = httpRequest(uploadUrl, { method: 'PUT', headers });
		const closed = new Promise((resolve) => sending.on('error', () => {}).once('close', resolve));
		sending.write(CONTENT);
		await api.control.waitForRequests(2);
		sending.destroy();
		await closed;
		expect((await api.register({ url, type: 'VIDEO' })).status).toBe(422);
	});
});

describe('a download', () => {
	test('has a real file of its format for each asset of the library', async () => {
		for (const { id, format } of LIBRARY) {
			const response = await fetch(await api.downloadUrl(id));
			const wanted = readFileSync(sampleFile(format ?? 'png'));
			expect(response.headers.get('content-length')).toBe(String(wanted.length));
			expect(Buffer.from(await response.arrayBuffer()).equals(wanted)).toBe(true);
		}
	});

	test('has the file that was uploaded', async () => {
		const url = await api.upload('a.mp4', CONTENT);
		const { body: asset } = await api.register({ url, type: 'VIDEO' });
		const response = await fetch(await api.downloadUrl(asset.id));
		expect(response.headers.get('content-type')).toBe('video/mp4');
		expect(await response.text()).toBe('sixteen bytes...');
	});

	test('has its URL as plain text', async () => {
		const { status, headers, body } = await api.ask<string>(`/v2/assets/${ASSETS.image}/download`);
		expect({ status, type: headers.get('content-type') }).toEqual({
			status: 200,
			type: expect.stringMatching(/^text\/plain/) as string,
		});
		expect(body.startsWith(`${api.url}/storage/`)).toBe(true);
	});

	test('of what was registered by its address is at that address', async () => {
		const url = 'https://media.example.com/a.mp4';
		const { body: asset } = await api.register({ url, type: 'VIDEO' });
		expect(await api.downloadUrl(asset.id)).toBe(url);
	});

	test('of an asset that is not there is a 404', async () => {
		const { status, body } = await api.ask(`/v2/assets/${MISSING_ASSET_ID}/download`);
		expect({ status, body }).toEqual(REPLIES.notFound);
	});

	test('is refused when its URL has expired', async () => {
		await api.control.configure({ downloadExpiresIn: 0 });
		expect(await refusal(await fetch(await api.downloadUrl(ASSETS.image)))).toEqual(EXPIRED);
	});

	test('is refused without a signature', async () => {
		const [url] = (await api.downloadUrl(ASSETS.image)).split('?');
		expect((await refusal(await fetch(url)))[1]).toBe('AccessDenied');
	});

	test('of a file that is gone is no such key', async () => {
		const url = await api.upload('a.mp4', CONTENT);
		const { body: asset } = await api.register({ url, type: 'VIDEO' });
		const signed = await api.downloadUrl(asset.id);
		await api.control.reset();
		expect((await refusal(await fetch(signed))).slice(0, 2)).toEqual([404, 'NoSuchKey']);
	});

	test('with the API key is refused, and that is noted', async () => {
		const headers = { 'x-api-key': 'sandbox-key' };
		const response = await fetch(await api.downloadUrl(ASSETS.image), { headers });
		expect((await refusal(response))[0]).toBe(400);
		expect(await api.provoked()).toHaveLength(1);
	});
});

test('the storage has no other methods', async () => {
	const response = await fetch(await api.downloadUrl(ASSETS.image), { method: 'DELETE' });
	expect((await refusal(response)).slice(0, 2)).toEqual([405, 'MethodNotAllowed']);
});

test('what was uploaded goes with the sandbox', async () => {
	const write = jest.spyOn(FileStore.prototype, 'write');
	const { url, apiKey, close } = await startSandbox();
	const response = await fetch(`${url}/v2/assets/upload`, {
		method: 'POST',
		headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ fileName: 'a', contentType: 'video/mp4', size: 16 }),
	});
	const { uploadUrl } = (await response.json()) as { uploadUrl: string };
	await put(uploadUrl, { body: CONTENT });
	const files = write.mock.contexts[0] as FileStore;
	const { file } = files.get(write.mock.calls[0][0])?.uploaded as { file: string };
	write.mockRestore();
	expect(readFileSync(file, 'utf8')).toBe('sixteen bytes...');
	await close();
	expect(existsSync(path.dirname(file))).toBe(false);
});
