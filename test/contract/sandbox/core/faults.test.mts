import { ASSETS, MISSING_ASSET_ID } from '../../../../sandbox/asset/fixtures.mts';
import { RESPONSES } from '../../../unit/responses.mts';
import { ApiLab, getConnectionError, put } from '../apiLab.mts';

const api = new ApiLab();

describe('a fault', () => {
	test('responds with JSON if its body is an object', async () => {
		const headers = { 'retry-after': '7' };
		await api.control.addFault({
			kind: 'status',
			status: 503,
			body: { message: 'x' },
			headers,
		});
		const response = await api.request('/v2/models');
		expect(response).toMatchObject({ status: 503, body: { message: 'x' } });
		expect(response.headers.get('retry-after')).toBe('7');
	});

	test('responds with text if its body is a string', async () => {
		const { status, body, headers } = RESPONSES.badGateway;
		await api.control.addFault({ kind: 'status', status, body, headers });
		const response = await api.request('/v2/models');
		expect(response).toMatchObject({ status, body });
		expect(response.headers.get('content-type')).toBe('text/html');
	});

	test('resets the connection before the response', async () => {
		await api.control.addFault({ kind: 'reset' });
		expect(await getConnectionError(api.request('/v2/models'))).toBe('ECONNRESET');
		expect(await api.control.getTotals()).toMatchObject({ byStatus: { none: 1 } });
	});

	test('closes the connection in the middle of the response', async () => {
		await api.control.addFault({ kind: 'cut', body: 'abcdef' });
		const response = await fetch(`${api.url}/v2/models`);
		expect(response.headers.get('content-length')).toBe('6');
		expect(await getConnectionError(response.text())).not.toBe('responded');
	});

	test('can leave a request without a response', async () => {
		await api.control.addFault({ kind: 'hang' });
		const client = new AbortController();
		const request = getConnectionError(api.request('/v2/models', { signal: client.signal }));
		await api.control.waitForRequests(1);
		expect((await api.control.listRequests())[0].status).toBeNull();
		client.abort();
		expect(await request).toBe('AbortError');
	});

	test('applies a limited number of times, after skipping some requests', async () => {
		await api.control.addFault({ kind: 'status', status: 502, skip: 1, times: 2 });
		expect(await api.repeatRequest(4, '/v2/models')).toEqual([200, 502, 502, 200]);
	});

	test.each([
		{ method: 'POST' },
		{ operationId: 'getAssetsByIds' },
		{ pathContains: '/batch' },
		{ bodyContains: ASSETS.teaser },
	])('applies only to requests that match %j', async (match) => {
		await api.control.addFault({ kind: 'status', status: 502, match });
		expect((await api.request(`/v2/assets/${ASSETS.teaser}`)).status).toBe(200);
		expect((await api.request('/v2/assets/batch', { json: { ids: [ASSETS.teaser] } })).status).toBe(
			502,
		);
	});

	test('can be delayed', async () => {
		await api.control.addFault({ kind: 'status', status: 502, delayMs: 80 });
		const start = Date.now();
		await api.request('/v2/models');
		expect(Date.now() - start).toBeGreaterThanOrEqual(79);
	});

	test.each([
		['a success', ASSETS.teaser],
		['an error', MISSING_ASSET_ID],
	])('applied after the request replaces the real response: %s', async (_what, id) => {
		await api.control.addFault({ kind: 'status', status: 502, after: true });
		expect((await api.request(`/v2/assets/${id}`, { method: 'DELETE' })).status).toBe(502);
		await api.control.clearFaults();
		expect((await api.request(`/v2/assets/${id}`)).status).toBe(404);
	});

	test('applied after the request cuts off the real response', async () => {
		await api.control.addFault({ kind: 'cut', after: true });
		const response = await fetch(`${api.url}/v2/models`);
		expect(response.status).toBe(401);
		expect(await getConnectionError(response.text())).not.toBe('responded');
	});

	test('applied after an upload keeps the file', async () => {
		const content = new TextEncoder().encode('sixteen bytes...');
		const { uploadUrl, url } = await api.createUpload('a.mp4', 'video/mp4', content.length);
		await api.control.addFault({ kind: 'reset', after: true, match: { method: 'PUT' } });
		expect(await getConnectionError(put(uploadUrl, { body: content }))).toBe('ECONNRESET');
		expect((await api.register({ url, type: 'VIDEO' })).status).toBe(201);
	});

	test('no longer applies after faults are cleared', async () => {
		await api.control.addFault({ kind: 'hang' });
		await api.control.clearFaults();
		expect((await api.request('/v2/models')).status).toBe(200);
	});
});
