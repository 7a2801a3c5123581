import { readFileSync } from 'node:fs';

import { ASSETS, LIBRARY, MISSING_ASSET_ID } from '../../../../sandbox/asset/fixtures.mts';
import { samplePath } from '../../../../sandbox/storage/sampleFiles.mts';
import { RESPONSES } from '../../../unit/responses.mts';
import { ApiLab } from '../apiLab.mts';
import { EXPIRED, readError } from './storageErrors.mts';

const api = new ApiLab();

const CONTENT = new TextEncoder().encode('sixteen bytes...');

describe('a download', () => {
	test('returns a real file of the right format for each initial asset', async () => {
		for (const { id, format } of LIBRARY) {
			const response = await fetch(await api.getDownloadUrl(id));
			const expected = readFileSync(samplePath(format ?? 'png'));
			expect(response.headers.get('content-length')).toBe(String(expected.length));
			expect(Buffer.from(await response.arrayBuffer()).equals(expected)).toBe(true);
		}
	});

	test('returns the uploaded file', async () => {
		const url = await api.upload('a.mp4', CONTENT);
		const { body: asset } = await api.register({ url, type: 'VIDEO' });
		const response = await fetch(await api.getDownloadUrl(asset.id));
		expect(response.headers.get('content-type')).toBe('video/mp4');
		expect(await response.text()).toBe('sixteen bytes...');
	});

	test('has its URL in plain text', async () => {
		const { status, headers, body } = await api.request<string>(
			`/v2/assets/${ASSETS.image}/download`,
		);
		expect({ status, type: headers.get('content-type') }).toEqual({
			status: 200,
			type: expect.stringMatching(/^text\/plain/) as string,
		});
		expect(body.startsWith(`${api.url}/storage/`)).toBe(true);
	});

	test('of an asset from a public URL uses that URL', async () => {
		const url = 'https://media.example.com/a.mp4';
		const { body: asset } = await api.register({ url, type: 'VIDEO' });
		expect(await api.getDownloadUrl(asset.id)).toBe(url);
	});

	test('of a missing asset fails with asset_not_found', async () => {
		const { status, body } = await api.request(`/v2/assets/${MISSING_ASSET_ID}/download`);
		expect({ status, body }).toEqual(RESPONSES.notFound);
	});

	test('fails if its URL has expired', async () => {
		await api.control.configure({ downloadExpiresIn: 0 });
		expect(await readError(await fetch(await api.getDownloadUrl(ASSETS.image)))).toEqual(EXPIRED);
	});

	test('fails without a signature', async () => {
		const [url] = (await api.getDownloadUrl(ASSETS.image)).split('?');
		expect((await readError(await fetch(url)))[1]).toBe('AccessDenied');
	});

	test('of a deleted file fails with NoSuchKey', async () => {
		const url = await api.upload('a.mp4', CONTENT);
		const { body: asset } = await api.register({ url, type: 'VIDEO' });
		const signed = await api.getDownloadUrl(asset.id);
		await api.control.reset();
		expect((await readError(await fetch(signed))).slice(0, 2)).toEqual([404, 'NoSuchKey']);
	});

	test('with the API key fails as a violation', async () => {
		const headers = { 'x-api-key': api.apiKey };
		const response = await fetch(await api.getDownloadUrl(ASSETS.image), { headers });
		expect((await readError(response))[0]).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});
});

test('the storage supports no other methods', async () => {
	const response = await fetch(await api.getDownloadUrl(ASSETS.image), { method: 'DELETE' });
	expect((await readError(response)).slice(0, 2)).toEqual([405, 'MethodNotAllowed']);
});

describe('a range of a file', () => {
	const getSize = async (response: Response) => (await response.arrayBuffer()).byteLength;

	/** Downloads a sample file with these headers. @returns the response, and the size of the whole file */
	async function download(headers: (etag: string) => Record<string, string>) {
		const url = await api.getDownloadUrl(ASSETS.image);
		const whole = await fetch(url);
		const etag = whole.headers.get('etag') ?? '';
		const size = await getSize(whole);
		return { size, response: await fetch(url, { headers: headers(etag) }) };
	}

	test('starts where it was requested to', async () => {
		const { size, response } = await download((etag) => ({ range: 'bytes=10-', 'if-range': etag }));
		expect(response.status).toBe(206);
		expect(response.headers.get('content-range')).toBe(`bytes 10-${size - 1}/${size}`);
		expect(await getSize(response)).toBe(size - 10);
	});

	test.each<[string, (etag: string) => Record<string, string>]>([
		['the file has changed', () => ({ range: 'bytes=10-', 'if-range': '"another"' })],
		['the range starts after its end', (etag) => ({ range: 'bytes=999999-', 'if-range': etag })],
		['the range is not supported', (etag) => ({ range: 'bytes=-5', 'if-range': etag })],
	])('is the whole file if %s', async (_what, headers) => {
		const { size, response } = await download(headers);
		expect([response.status, await getSize(response)]).toEqual([200, size]);
	});
});
