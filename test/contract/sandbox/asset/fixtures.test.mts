import { LIBRARY, MISSING_ASSET_ID, seededAssetId } from '../../../../sandbox/asset/fixtures.mts';
import { ApiLab, getIds } from '../apiLab.mts';

const api = new ApiLab();

test('seeding adds assets, and can be repeated', async () => {
	await api.control.seedAssets(3);
	await api.control.seedAssets(2);
	expect((await api.request('/v2/assets/count')).body).toBe(LIBRARY.length + 5);
	expect((await api.request(`/v2/assets/${seededAssetId(4)}`)).status).toBe(200);
});

test('the IDs of initial and seeded assets are unique version 4 UUIDs', () => {
	const seeded = Array.from({ length: 2000 }, (_, index) => seededAssetId(index));
	const ids = [...getIds(LIBRARY), MISSING_ASSET_ID, ...seeded];
	const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
	expect(ids.filter((id) => !uuid.test(id))).toEqual([]);
	expect(new Set(ids).size).toBe(ids.length);
});
