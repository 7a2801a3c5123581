import { ASSETS } from '../../sandbox/library.mts';
import { REPLIES } from '../unit/answers.mts';
import { brokenBy, SandboxApi } from './sandboxApi.mts';

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

	test('ends when faults are cleared', async () => {
		await api.control.addFault({ kind: 'hang' });
		await api.control.clearFaults();
		expect((await api.ask('/v2/models')).status).toBe(200);
	});
});
