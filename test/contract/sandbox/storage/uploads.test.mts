import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { dirname } from 'node:path';

import { startSandbox } from '../../../../sandbox/server.mts';
import { FileStore } from '../../../../sandbox/storage/store.mts';
import { ApiLab, put } from '../apiLab.mts';
import { EXPIRED, readError } from './storageErrors.mts';

const api = new ApiLab();

const VIDEO = { 'content-type': 'video/mp4' };
const CONTENT = new TextEncoder().encode('sixteen bytes...');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

const createUpload = async () => await api.createUpload('a.mp4', 'video/mp4', CONTENT.length);

describe('an upload', () => {
	test('responds with an ETag and without a body', async () => {
		const response = await put((await createUpload()).uploadUrl, { body: CONTENT });
		expect(response.status).toBe(200);
		expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
		expect(await response.text()).toBe('');
	});

	test('is logged with its headers, and with its size and digest as the body', async () => {
		await put((await createUpload()).uploadUrl, { body: CONTENT });
		expect((await api.control.listRequests())[1]).toMatchObject({
			method: 'PUT',
			operationId: 'PutObject',
			status: 200,
			headers: { ...VIDEO, 'content-length': '16' },
			body: { size: 16, sha256: SHA256 },
		});
	});

	test('can be empty and repeated', async () => {
		const { url, uploadUrl } = await createUpload();
		await put(uploadUrl, { body: '' });
		expect((await api.register({ url, type: 'VIDEO' })).body.size).toBe(0);
		await put(uploadUrl, { body: CONTENT });
		expect((await api.register({ url, type: 'VIDEO' })).body.size).toBe(16);
	});

	test('fails if its URL has expired', async () => {
		await api.control.configure({ uploadExpiresIn: 0 });
		const { uploadUrl, expiresIn } = await createUpload();
		expect(expiresIn).toBe(0);
		expect(await readError(await put(uploadUrl, { body: CONTENT }))).toEqual(EXPIRED);
	});

	test.each([
		[
			'another content type',
			(url: string) => put(url, { body: CONTENT, headers: { 'content-type': 'video/x' } }),
		],
		['another path', (url: string) => put(url.replace('a.mp4', 'b.mp4'), { body: CONTENT })],
		[
			'a later expiry',
			(url: string) => put(url.replace('Expires=3600', 'Expires=9999'), { body: CONTENT }),
		],
		['a signature of another length', (url: string) => put(`${url}00`, { body: CONTENT })],
		['another method', (url: string) => fetch(url)],
	])('fails with %s', async (_what, send) => {
		const [status, code] = await readError(await send((await createUpload()).uploadUrl));
		expect([status, code]).toEqual([403, 'SignatureDoesNotMatch']);
	});

	test('fails without a signature', async () => {
		const { url } = await createUpload();
		expect(await readError(await put(url, { body: CONTENT }))).toEqual([
			403,
			'AccessDenied',
			'Access Denied',
		]);
	});

	test('fails without a length', async () => {
		const body = new Blob([CONTENT]).stream();
		// Required by fetch for streams, but missing in its types.
		const init = { body, duplex: 'half' } as RequestInit;
		const [status, code] = await readError(await put((await createUpload()).uploadUrl, init));
		expect([status, code]).toEqual([411, 'MissingContentLength']);
	});

	test('fails for more than 5 GiB', async () => {
		const { uploadUrl } = await createUpload();
		const headers = { ...VIDEO, 'content-length': String(5 * 1024 ** 3 + 1) };
		const sending = httpRequest(uploadUrl, { method: 'PUT', headers });
		sending.on('error', () => {}).flushHeaders();
		const status = await new Promise((resolve) =>
			sending.once('response', (response) => resolve(response.statusCode)),
		);
		sending.destroy();
		expect(status).toBe(400);
	});

	test('with the API key fails as a violation', async () => {
		const headers = { ...VIDEO, 'x-api-key': api.apiKey };
		const response = await put((await createUpload()).uploadUrl, { body: CONTENT, headers });
		expect((await readError(response)).slice(0, 2)).toEqual([400, 'UnexpectedApiKey']);
		expect(await api.takeViolations()).toEqual([
			expect.stringContaining('the API key was sent to the storage'),
		]);
	});

	test('that the client cancels stores nothing', async () => {
		const { url, uploadUrl } = await createUpload();
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

test('closing the sandbox removes uploaded files', async () => {
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
	const { path } = files.get(write.mock.calls[0][0])?.uploaded as { path: string };
	write.mockRestore();
	expect(readFileSync(path, 'utf8')).toBe('sixteen bytes...');
	await close();
	expect(existsSync(dirname(path))).toBe(false);
});
