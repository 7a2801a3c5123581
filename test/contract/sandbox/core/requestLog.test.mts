import { ASSETS, MISSING_ASSET_ID } from '../../../../sandbox/asset/fixtures.mts';
import { RequestLog } from '../../../../sandbox/core/requestLog.mts';
import { ApiLab } from '../apiLab.mts';

const api = new ApiLab();

describe('the request log', () => {
	test('contains requests as they were sent', async () => {
		await api.request('/v2/assets?searchQuery=a%20b', { headers: { 'x-test': 'yes' } });
		await api.request('/v2/assets/batch', { json: { ids: [ASSETS.image] } });
		const [list, batch] = await api.control.listRequests();
		expect(list).toMatchObject({
			at: expect.any(Number) as number,
			method: 'GET',
			path: '/v2/assets?searchQuery=a%20b',
			headers: { 'x-test': 'yes' },
			body: null,
			status: 200,
			operationId: 'listAssets',
		});
		expect(batch).toMatchObject({ method: 'POST', body: { ids: [ASSETS.image] } });
	});

	test('counts requests by operation and status', async () => {
		await api.request('/v2/models');
		await api.request(`/v2/assets/${MISSING_ASSET_ID}`);
		await api.request('/v2/unknown');
		expect(await api.control.getTotals()).toMatchObject({
			count: 3,
			byOperation: { listModels: 1, getAsset: 1, unknown: 1 },
			byStatus: { 200: 1, 404: 2 },
		});
	});

	test('tracks the highest number of requests in flight at the same time', async () => {
		await api.control.configure({ latencyMs: 80 });
		await Promise.all(Array.from({ length: 3 }, async () => await api.request('/v2/models')));
		await api.request('/v2/models');
		expect((await api.control.getTotals()).peakInFlight).toBe(3);
	});

	test('keeps the latest 5,000 requests, but counts all of them', () => {
		const log = new RequestLog();
		const request = { at: 0, method: 'GET', path: '/', headers: {}, body: null };
		for (let number = 0; number < 12_345; number++) {
			log.add({ ...request, at: number, status: null, operationId: null })(200);
		}
		expect(log.requests.map(({ at }) => at)).toEqual(
			Array.from({ length: 5000 }, (_, index) => 7345 + index),
		);
		expect(log.totals).toMatchObject({ count: 12_345, byStatus: { 200: 12_345 } });
	});
});
