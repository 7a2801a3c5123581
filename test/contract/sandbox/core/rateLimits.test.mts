import { RESPONSES } from '../../../unit/responses.mts';
import { ApiLab } from '../apiLab.mts';

const api = new ApiLab();

describe('the rate limit', () => {
	test('is 600 requests per minute by default', async () => {
		expect((await api.repeatRequest(601, '/v2/models')).lastIndexOf(200)).toBe(599);
	});

	test('rejects further requests with a Retry-After header', async () => {
		await api.control.configure({ requestsPerMinute: 1 });
		await api.request('/v2/models');
		const { status, headers, body } = await api.request('/v2/models');
		expect({ status, body }).toEqual(RESPONSES.rateLimited);
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
		expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
	});

	test('sends no Retry-After header, depending on the setting', async () => {
		await api.control.configure({ requestsPerMinute: 0, sendRetryAfter: false });
		expect((await api.request('/v2/models')).headers.get('retry-after')).toBeNull();
	});

	test('is disabled immediately by null', async () => {
		await api.control.configure({ requestsPerMinute: 1 });
		expect(await api.repeatRequest(2, '/v2/models')).toEqual([200, 429]);
		await api.control.configure({ requestsPerMinute: null });
		expect(await api.repeatRequest(2, '/v2/models')).toEqual([200, 200]);
	});
});
