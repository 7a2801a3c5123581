import { REPLIES } from '../../../unit/answers.mts';
import { SandboxApi } from '../apiClient.mts';

const api = new SandboxApi();

test('the models are those of the API reference', async () => {
	const { body } = await api.ask<Array<{ id: string }>>('/v2/models');
	expect(body.map(({ id }) => id)).toEqual([
		'sync-3',
		'lipsync-2',
		'lipsync-2-pro',
		'lipsync-1.9.0-beta',
		'react-1',
	]);
});

describe('what is refused', () => {
	test('a wrong key gets the answer of the real API', async () => {
		const { status, body } = await api.ask('/v2/models', { headers: { 'x-api-key': 'wrong' } });
		expect({ status, body }).toEqual(REPLIES.keyInvalid);
	});

	test('a missing key gets the answer of the real API', async () => {
		const response = await fetch(`${api.url}/v2/models`);
		const body: unknown = await response.json();
		expect({ status: response.status, body }).toEqual(REPLIES.keyMissing);
	});

	test.each(['/v2/asset', '/api/v2/assets/x?y=1', '/v2/transcriptions/x'])(
		'%s is no address that is known',
		async (path) => {
			const { status, body } = await api.ask(path);
			expect({ status, body }).toEqual({
				status: 404,
				body: { ...REPLIES.wrongAddress.body, message: `Cannot GET ${path}` },
			});
		},
	);

	test.each([
		['limit=0', 'limit must be >= 1'],
		['limit=many', 'limit must be integer'],
		['types=VIDEO,TEXT', 'types.1 must be equal to one of the allowed values'],
		['types=[', 'types.0 must be equal to one of the allowed values'],
		['sortBy=colour', 'sortBy must be equal to one of the allowed values'],
		['cursor=x', 'cursor is not valid'],
		['search=x', 'property search should not exist'],
	])('a list with %s breaks the contract, and that is noted', async (query, fault) => {
		const { status, body } = await api.ask(`/v2/assets?${query}`);
		expect({ status, body }).toEqual({
			status: 400,
			body: { ...REPLIES.invalidId.body, message: [fault] },
		});
		expect(await api.provoked()).toEqual([`GET /v2/assets?${query}: ${fault}`]);
	});

	test('a body that is no JSON is noted', async () => {
		const headers = { 'content-type': 'application/json' };
		const { status } = await api.ask('/v2/assets/batch', { method: 'POST', headers, body: '{' });
		expect(status).toBe(400);
		expect(await api.provoked()).toHaveLength(1);
	});

	test('a body of more than a megabyte is too large', async () => {
		const { status } = await api.ask('/v2/assets/batch', { json: { ids: 'x'.repeat(2 ** 20) } });
		expect(status).toBe(413);
	});
});

describe('the rate limit', () => {
	const statuses = async (count: number): Promise<number[]> => {
		const found: number[] = [];
		while (found.length < count) found.push((await api.ask('/v2/models')).status);
		return found;
	};

	test('is 600 requests a minute when nothing else is set', async () => {
		expect((await statuses(601)).lastIndexOf(200)).toBe(599);
	});

	test('refuses what is over it, and says how long to wait', async () => {
		await api.control.configure({ requestsPerMinute: 1 });
		await api.ask('/v2/models');
		const { status, headers, body } = await api.ask('/v2/models');
		expect({ status, body }).toEqual(REPLIES.rateLimited);
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
		expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
	});

	test('does not say how long to wait when set so', async () => {
		await api.control.configure({ requestsPerMinute: 0, sendRetryAfter: false });
		expect((await api.ask('/v2/models')).headers.get('retry-after')).toBeNull();
	});

	test('is lifted by null, at once', async () => {
		await api.control.configure({ requestsPerMinute: 1 });
		expect(await statuses(2)).toEqual([200, 429]);
		await api.control.configure({ requestsPerMinute: null });
		expect(await statuses(2)).toEqual([200, 200]);
	});
});

test('latency delays every answer of the API, and none of the control', async () => {
	await api.control.configure({ latencyMs: 80 });
	const start = Date.now();
	await api.ask('/v2/models');
	await api.ask('/v2/models', { headers: { 'x-api-key': 'wrong' } });
	await api.ask('/v2/unknown');
	// A timer may end a millisecond early.
	expect(Date.now() - start).toBeGreaterThanOrEqual(3 * 79);
});
