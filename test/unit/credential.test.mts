import type { IHttpRequestOptions } from 'n8n-workflow';

import { authenticate, SyncApi, normalizeBaseUrl } from '../../credentials/SyncApi.credentials.ts';

describe('the base URL', () => {
	test.each([
		['is sync.so when left empty', '', 'https://api.sync.so'],
		['is sync.so when not set', undefined, 'https://api.sync.so'],
		['is sync.so when it is not text', 42, 'https://api.sync.so'],
		['is trimmed', '  https://api.sync.so  ', 'https://api.sync.so'],
		['loses a trailing slash', 'https://api.sync.so/', 'https://api.sync.so'],
		['loses several trailing slashes', 'https://api.sync.so///', 'https://api.sync.so'],
		['loses /v2', 'https://api.sync.so/v2', 'https://api.sync.so'],
		['loses /v2/', 'https://api.sync.so/v2/', 'https://api.sync.so'],
		['keeps a path before /v2', 'https://gw.example.com/sync/v2', 'https://gw.example.com/sync'],
		['keeps a path', 'https://gw.example.com/sync/', 'https://gw.example.com/sync'],
		[
			'keeps a path that only ends like v2',
			'https://gw.example.com/av2',
			'https://gw.example.com/av2',
		],
		['keeps a port', 'https://gw.example.com:8443', 'https://gw.example.com:8443'],
		['loses a query', 'https://api.sync.so/?key=1', 'https://api.sync.so'],
		['loses a fragment', 'https://api.sync.so/#here', 'https://api.sync.so'],
		['loses a user name and password', 'https://me:secret@api.sync.so', 'https://api.sync.so'],
		['becomes lower case', 'HTTPS://API.Sync.So', 'https://api.sync.so'],
		['may be plain http on localhost', 'http://localhost:8787/', 'http://localhost:8787'],
		['may be plain http on 127.0.0.1', 'http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
		['may be plain http on 127.x', 'http://127.8.9.1', 'http://127.8.9.1'],
		['may be plain http on ::1', 'http://[::1]:8787', 'http://[::1]:8787'],
	])('%s', (_what, typed, address) => {
		expect(normalizeBaseUrl(typed)).toBe(address);
	});

	test.each([
		['http://api.sync.so', /must start with https:/],
		['http://localhost.example.com', /must start with https:/],
		['http://127.0.0.1.example.com', /must start with https:/],
		['http://192.168.1.5:8787', /must start with https:/],
		['ftp://api.sync.so', /must start with https:/],
		['javascript:alert(1)', /must start with https:/],
		['file:///etc/passwd', /must start with https:/],
		['api.sync.so', /is not a web address/],
		['not an address', /is not a web address/],
		['https://', /is not a web address/],
	])('is rejected: %s', (typed, reason) => {
		expect(() => normalizeBaseUrl(typed)).toThrow(reason);
	});
});

describe('signing a request', () => {
	const sign = async (request: Partial<IHttpRequestOptions> & { uri?: string }, credential = {}) =>
		await authenticate(
			{ apiKey: ' sk-1\n', baseUrl: 'https://api.sync.so/v2/', ...credential },
			request as IHttpRequestOptions,
		);

	test('adds the trimmed key to the existing headers', async () => {
		const { headers } = await sign({ url: '/v2/assets', headers: { Accept: 'application/json' } });
		expect(headers).toEqual({ Accept: 'application/json', 'x-api-key': 'sk-1' });
	});

	test('replaces a key in the request', async () => {
		const { headers } = await sign({ url: '/v2/assets', headers: { 'x-api-key': 'other' } });
		expect(headers).toEqual({ 'x-api-key': 'sk-1' });
	});

	test("uses the credential's base URL instead of the node's", async () => {
		const request = await sign(
			{ url: '/v2/assets', baseURL: 'https://evil.example.com' },
			{ baseUrl: 'https://gw.example.com/sync/' },
		);
		expect(request).toMatchObject({ baseURL: 'https://gw.example.com/sync', url: '/v2/assets' });
	});

	test('accepts an absolute URL below the base URL', async () => {
		const request = await sign({ url: 'https://api.sync.so/v2/assets?limit=1' });
		expect(request.headers).toHaveProperty('x-api-key', 'sk-1');
	});

	test('never follows a redirect', async () => {
		expect(await sign({ url: '/v2/assets' })).toHaveProperty('disableFollowRedirect', true);
	});

	test("accepts the HTTP Request node's older options without following redirects", async () => {
		const request = await sign({ uri: 'https://api.sync.so/v2/assets' });
		expect(request).toMatchObject({
			followRedirect: false,
			followAllRedirects: false,
			headers: { 'x-api-key': 'sk-1' },
		});
	});

	test('does not change the given request', async () => {
		const given = { url: '/v2/assets', headers: { Accept: 'application/json' } };
		await sign(given);
		expect(given).toEqual({ url: '/v2/assets', headers: { Accept: 'application/json' } });
	});

	test.each([
		'//evil.example.com/v2/assets',
		'https://evil.example.com/v2/assets',
		'https://api.sync.so.evil.com/v2/assets',
		'https://api.sync.so@evil.com/v2/assets',
		'https://api.sync.so:8443/v2/assets',
		'http://api.sync.so/v2/assets',
		'https://evil.com/?https://api.sync.so/',
		'/\\evil.example.com/v2/assets',
	])('does not send the key to %s', async (address) => {
		const outcome = sign({ url: address }).then(
			({ url, baseURL }) => new URL(url, baseURL).origin,
			() => 'rejected',
		);
		expect(['rejected', 'https://api.sync.so']).toContain(await outcome);
	});

	test('names the host that it does not send the key to', async () => {
		await expect(sign({ url: 'https://evil.example.com/v2' })).rejects.toThrow(
			'The Sync API key is sent to https://api.sync.so only, not to evil.example.com',
		);
	});

	test.each(['https://gw.example.com/sync-other/v2/assets', 'https://gw.example.com/v2/assets'])(
		'does not send the key outside the base path: %s',
		async (url) => {
			const credential = { baseUrl: 'https://gw.example.com/sync' };
			await expect(sign({ url }, credential)).rejects.toThrow('is sent to');
		},
	);

	test.each(['/../other/v2/assets', '/%2e%2e/other/v2/assets', '/..\\other'])(
		'does not send the key outside the base path through dot segments: %s',
		async (url) => {
			const credential = { baseUrl: 'https://gw.example.com/sync' };
			await expect(sign({ url }, credential)).rejects.toThrow('is sent to');
		},
	);

	test("rejects the HTTP Request node's older options with another host", async () => {
		await expect(sign({ uri: 'https://evil.example.com/v2' })).rejects.toThrow('is sent to');
	});
});

test('the key and the webhook secret are shown as passwords', () => {
	const secret = new SyncApi().properties.filter(({ typeOptions }) => typeOptions?.password);
	expect(secret.map(({ name }) => name)).toEqual(['apiKey', 'webhookSecret']);
});
