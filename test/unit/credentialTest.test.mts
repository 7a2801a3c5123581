import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';

import { testSyncApi } from '../../nodes/shared/transport/credentialTest.ts';
import { createConnectionError, FakeServer } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

const CREDENTIAL = { apiKey: ' sk-1\n', baseUrl: 'https://api.sync.so/v2/' };
const MODELS: HttpResponse = { status: 200, body: [{ id: 'lipsync-2', name: 'lipsync-2' }] };
const CHECK_KEY =
	'Check the API key in the Sync API credential, or create a new one at https://sync.so/settings/api-keys';
const CHECK_BASE_URL = "Check the 'Base URL' in the Sync API credential";

/** Tests a credential as n8n does, on a server that always sends the same response or cannot be reached. */
async function testCredential(response: HttpResponse | Error, data: object = CREDENTIAL) {
	const { context, requests } = new FakeServer(() => response);
	const credential = { data } as unknown as ICredentialsDecrypted<never>;
	const result = await testSyncApi.call(context as unknown as ICredentialTestFunctions, credential);
	return { result, requests };
}

const testAndGetError = async (...what: Parameters<typeof testCredential>): Promise<string> => {
	const { status, message } = (await testCredential(...what)).result;
	return `${status}: ${message}`;
};

test('succeeds when the server sends a list of models', async () => {
	expect((await testCredential(MODELS)).result).toEqual({
		status: 'OK',
		message: 'Connection successful!',
	});
});

test('sends one request for the models with the trimmed key and without following redirects', async () => {
	expect((await testCredential(MODELS)).requests).toEqual([
		{
			method: 'GET',
			uri: 'https://api.sync.so/v2/models',
			headers: { 'x-api-key': 'sk-1' },
			json: true,
			timeout: 20_000,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
		},
	]);
});

test.each([
	['reports an invalid key', RESPONSES.keyInvalid],
	['reports a missing key', RESPONSES.keyMissing],
])('%s', async (_what, response) => {
	expect(await testAndGetError(response)).toBe(`Error: sync.so rejected the API key. ${CHECK_KEY}`);
});

test.each([
	['an HTML page', '<html>Welcome</html>'],
	['an object', { models: [] }],
	['nothing', ''],
])('does not take a server that sends %s for the Sync API', async (_what, body) => {
	expect(await testAndGetError({ status: 200, body })).toBe(
		"Error: The server at the 'Base URL' is not the Sync API. Check the 'Base URL'",
	);
});

test.each([
	['reports a URL without the API', RESPONSES.wrongAddress],
	['reports a page from another server', RESPONSES.htmlNotFound],
])('%s', async (_what, response) => {
	expect(await testAndGetError(response)).toBe(
		`Error: There is no Sync API at this address. ${CHECK_BASE_URL}`,
	);
});

test('reports the target of a redirect', async () => {
	expect(await testAndGetError(RESPONSES.moved)).toBe(
		"Error: The server redirected the request. Set the 'Base URL' in the Sync API credential to the final address. The redirect leads to https://www.example.com/v2/assets/x",
	);
});

test.each([
	['a list with status 201', { ...MODELS, status: 201 }],
	['a list with status 500', { ...MODELS, status: 500 }],
])('fails on %s', async (_what, response) => {
	expect((await testCredential(response)).result.status).toBe('Error');
});

test.each([
	['ECONNREFUSED', 'sync.so refused the connection'],
	['ENOTFOUND', 'The server sync.so was not found'],
	['ETIMEDOUT', 'sync.so did not respond in time'],
	['CERT_HAS_EXPIRED', 'The certificate of sync.so is not valid (CERT_HAS_EXPIRED)'],
])('explains %s and says what to do', async (code, words) => {
	const message = await testAndGetError(createConnectionError(code));
	expect(message.startsWith(`Error: ${words}. `)).toBe(true);
});

test.each([
	['api.sync.so', "The 'Base URL' in the Sync API credential is not a web address"],
	['http://api.sync.so', "The 'Base URL' in the Sync API credential must start with https://"],
])('rejects the Base URL %s without sending a request', async (baseUrl, words) => {
	const { result, requests } = await testCredential(MODELS, { ...CREDENTIAL, baseUrl });
	expect(result.status).toBe('Error');
	expect(result.message).toContain(`${words}. `);
	expect(requests).toEqual([]);
});

test('adds no stray dots to an error without a message', async () => {
	expect(await testAndGetError(new Error(''))).toBe('Error: The request could not be sent');
});

test.each([
	['a rejected key', RESPONSES.keyInvalid],
	['a broken connection', createConnectionError('ECONNRESET')],
	['a wrong server', RESPONSES.htmlNotFound],
])('never shows the key: %s', async (_what, response) => {
	expect(await testAndGetError(response)).not.toContain('sk-1');
});

test('tests an empty credential on sync.so with an empty key', async () => {
	const { requests } = await testCredential(RESPONSES.keyMissing, {});
	expect(requests).toMatchObject([
		{ uri: 'https://api.sync.so/v2/models', headers: { 'x-api-key': '' } },
	]);
});
