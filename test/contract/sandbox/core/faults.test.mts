import { ASSETS, MISSING_ASSET_ID } from '../../../../sandbox/asset/library.mts';
import { REPLIES } from '../../../unit/answers.mts';
import { brokenBy, put, SandboxApi } from '../apiClient.mts';

const api = new SandboxApi();

describe('a fault', () => {
	test('answers with JSON for an object', async () => {
		const headers = { 'retry-after': '7' };
		await api.control.addFault({
			kind: 'status',
			status: 503,
			body: { message: 'x' },
			headers,
		});
		const answer = await api.ask('/v2/models');
		expect(answer).toMatchObject({ status: 503, body: { message: 'x' } });
		expect(answer.headers.get('retry-after')).toBe('7');
	});

	test('answers with text as it is', async () => {
		const { status, body, headers } = REPLIES.badGateway;
		await api.control.addFault({ kind: 'status', status, body, headers });
		const answer = await api.ask('/v2/models');
		expect(answer).toMatchObject({ status, body });
		expect(answer.headers.get('content-type')).toBe('text/html');
	});

	test('breaks the connection before an answer', async () => {
		await api.control.addFault({ kind: 'reset' });
		expect(await brokenBy(api.ask('/v2/models'))).toBe('ECONNRESET');
		expect(await api.control.totals()).toMatchObject({ byStatus: { none: 1 } });
	});

	test('breaks the connection in the middle of the answer', async () => {
		await api.control.addFault({ kind: 'cut', body: 'abcdef' });
		const response = await fetch(`${api.url}/v2/models`);
		expect(response.headers.get('content-length')).toBe('6');
		expect(await brokenBy(response.text())).not.toBe('answered');
	});

	test('leaves a request without an answer', async () => {
		await api.control.addFault({ kind: 'hang' });
		const leaving = new AbortController();
		const request = brokenBy(api.ask('/v2/models', { signal: leaving.signal }));
		await api.control.waitForRequests(1);
		expect((await api.control.requests())[0].status).toBeNull();
		leaving.abort();
		expect(await request).toBe('AbortError');
	});

	test('befalls only so many requests, after as many as are let through', async () => {
		await api.control.addFault({ kind: 'status', status: 502, skip: 1, times: 2 });
		const statuses: number[] = [];
		while (statuses.length < 4) statuses.push((await api.ask('/v2/models')).status);
		expect(statuses).toEqual([200, 502, 502, 200]);
	});

	test.each([
		{ method: 'POST' },
		{ operationId: 'getAssetsByIds' },
		{ pathContains: '/batch' },
		{ bodyContains: ASSETS.teaser },
	])('befalls only what matches %j', async (match) => {
		await api.control.addFault({ kind: 'status', status: 502, match });
		expect((await api.ask(`/v2/assets/${ASSETS.teaser}`)).status).toBe(200);
		expect((await api.ask('/v2/assets/batch', { json: { ids: [ASSETS.teaser] } })).status).toBe(
			502,
		);
	});

	test('comes late when it has a delay', async () => {
		await api.control.addFault({ kind: 'status', status: 502, delayMs: 80 });
		const start = Date.now();
		await api.ask('/v2/models');
		expect(Date.now() - start).toBeGreaterThanOrEqual(79);
	});

	test.each([
		['the answer', ASSETS.teaser],
		['a refusal', MISSING_ASSET_ID],
	])('that comes after the request takes the place of %s', async (_what, id) => {
		await api.control.addFault({ kind: 'status', status: 502, after: true });
		expect((await api.ask(`/v2/assets/${id}`, { method: 'DELETE' })).status).toBe(502);
		await api.control.clearFaults();
		expect((await api.ask(`/v2/assets/${id}`)).status).toBe(404);
	});

	test('that comes after the request cuts its own answer', async () => {
		await api.control.addFault({ kind: 'cut', after: true });
		const response = await fetch(`${api.url}/v2/models`);
		expect(response.status).toBe(401);
		expect(await brokenBy(response.text())).not.toBe('answered');
	});

	test('that comes after an upload leaves the file', async () => {
		const content = new TextEncoder().encode('sixteen bytes...');
		const { uploadUrl, url } = await api.presign('a.mp4', 'video/mp4', content.length);
		await api.control.addFault({ kind: 'reset', after: true, match: { method: 'PUT' } });
		expect(await brokenBy(put(uploadUrl, { body: content }))).toBe('ECONNRESET');
		expect((await api.register({ url, type: 'VIDEO' })).status).toBe(201);
	});

	test('ends when faults are cleared', async () => {
		await api.control.addFault({ kind: 'hang' });
		await api.control.clearFaults();
		expect((await api.ask('/v2/models')).status).toBe(200);
	});
});
