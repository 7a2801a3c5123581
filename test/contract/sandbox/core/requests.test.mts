import { RESPONSES } from '../../../unit/responses.mts';
import { ApiLab } from '../apiLab.mts';

const api = new ApiLab();

test('an invalid API key fails as in the real API', async () => {
	const { status, body } = await api.request('/v2/models', { headers: { 'x-api-key': 'wrong' } });
	expect({ status, body }).toEqual(RESPONSES.keyInvalid);
});

test('a missing API key fails as in the real API', async () => {
	const response = await fetch(`${api.url}/v2/models`);
	const body: unknown = await response.json();
	expect({ status: response.status, body }).toEqual(RESPONSES.keyMissing);
});

test.each(['/v2/asset', '/api/v2/assets/x?y=1', '/v2/feedback'])(
	'the route %s does not exist',
	async (path) => {
		const { status, body } = await api.request(path);
		expect({ status, body }).toEqual({
			status: 404,
			body: { ...RESPONSES.wrongAddress.body, message: `Cannot GET ${path}` },
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
])('the query %s is logged as a violation of the contract', async (query, problem) => {
	const { status, body } = await api.request(`/v2/assets?${query}`);
	expect({ status, body }).toEqual({
		status: 400,
		body: { ...RESPONSES.invalidId.body, message: [problem] },
	});
	expect(await api.takeViolations()).toEqual([`GET /v2/assets?${query}: ${problem}`]);
});

test('a body that is not JSON is a violation', async () => {
	const headers = { 'content-type': 'application/json' };
	const init = { method: 'POST', headers, body: '{' };
	expect((await api.request('/v2/assets/batch', init)).status).toBe(400);
	expect(await api.takeViolations()).toHaveLength(1);
});

test('a body of more than a megabyte is too large', async () => {
	const json = { ids: 'x'.repeat(2 ** 20) };
	expect((await api.request('/v2/assets/batch', { json })).status).toBe(413);
});

test('latency delays every response of the API, but not the control routes', async () => {
	await api.control.configure({ latencyMs: 80 });
	const start = Date.now();
	await api.request('/v2/models');
	await api.request('/v2/models', { headers: { 'x-api-key': 'wrong' } });
	await api.request('/v2/unknown');
	// A timer may end a millisecond early.
	expect(Date.now() - start).toBeGreaterThanOrEqual(3 * 79);
});
