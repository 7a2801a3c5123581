import { ASSETS, LIBRARY, MISSING_ASSET_ID } from '../../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../../sandbox/asset/types.mts';
import { RESPONSES } from '../../../unit/responses.mts';
import { ApiLab, type ApiResponse } from '../apiLab.mts';

const api = new ApiLab();

const update = async (id: string, json: object): Promise<ApiResponse<Asset>> =>
	await api.request<Asset>(`/v2/assets/${id}`, { method: 'PATCH', json });

const remove = async (id: string): Promise<ApiResponse<object>> =>
	await api.request(`/v2/assets/${id}`, { method: 'DELETE' });

describe('updating an asset', () => {
	test('changes the given fields and updatedAt', async () => {
		const changes = {
			name: 'a.wav',
			visibility: 'ORGANIZATION' as const,
			durationSeconds: 1.5,
			size: 2,
			format: 'x',
			width: 3,
			height: 4,
		};
		const { status, body } = await update(ASSETS.voiceover, changes);
		const { updatedAt, ...rest } = body;
		const { updatedAt: before, ...old } = LIBRARY[1];
		expect({ status, rest }).toEqual({ status: 200, rest: { ...old, ...changes } });
		expect(updatedAt > before).toBe(true);
		expect((await api.request(`/v2/assets/${ASSETS.voiceover}`)).body).toEqual(body);
	});

	test('keeps fields that are not given', async () => {
		const { body } = await update(ASSETS.voiceover, {});
		expect(body).toEqual({ ...LIBRARY[1], updatedAt: body.updatedAt });
	});

	test('is undone by a reset', async () => {
		await update(ASSETS.voiceover, { name: 'a.wav' });
		await api.control.reset();
		expect((await api.request(`/v2/assets/${ASSETS.voiceover}`)).body).toEqual(LIBRARY[1]);
	});
});

describe('deleting an asset', () => {
	test('removes it and returns its ID', async () => {
		expect(await remove(ASSETS.image)).toMatchObject({ status: 200, body: { id: ASSETS.image } });
		expect((await api.request(`/v2/assets/${ASSETS.image}`)).status).toBe(404);
		expect((await api.request('/v2/assets/count')).body).toBe(LIBRARY.length - 1);
	});
});

describe.each([
	['updating', async (id: string) => await update(id, { name: 'x' })],
	['deleting', remove],
])('%s', (_what, act) => {
	test("another member's shared asset is forbidden", async () => {
		const { status, body } = await act(ASSETS.shared);
		expect(status).toBe(403);
		expect(body).toMatchObject({ statusCode: 403, errorCode: 'asset_forbidden' });
	});

	test('a missing asset fails with asset_not_found', async () => {
		const { status, body } = await act(MISSING_ASSET_ID);
		expect({ status, body }).toEqual(RESPONSES.notFound);
	});

	test('an invalid ID is rejected', async () => {
		expect((await act('speaker')).body).toMatchObject({ errorCode: 'invalid_asset_id_format' });
	});
});
