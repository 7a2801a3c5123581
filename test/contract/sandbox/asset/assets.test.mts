import {
	ASSETS,
	LIBRARY,
	MISSING_ASSET_ID,
	seededAssetId,
} from '../../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../../sandbox/asset/types.mts';
import { COLLEAGUE_ID, COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { PROJECT_ID } from '../../../../sandbox/project/fixtures.mts';
import { RESPONSES } from '../../../unit/responses.mts';
import { ApiLab, type ApiResponse, getIds, type Page } from '../apiLab.mts';

const api = new ApiLab();

const getByIds = async <Body = Asset[],>(ids: unknown): Promise<ApiResponse<Body>> =>
	await api.request<Body>('/v2/assets/batch', { json: { ids } });

describe('listing assets', () => {
	test('returns the ten newest by default', async () => {
		const { body } = await api.request<Page>('/v2/assets');
		expect(getIds(body.items)).toEqual(getIds(LIBRARY).reverse().slice(0, 10));
		expect(body).toMatchObject({
			nextCursor: expect.any(String) as string,
			totalCount: LIBRARY.length,
		});
	});

	test('returns every asset once across all pages', async () => {
		const found: string[] = [];
		let cursor: string | null | undefined = '';
		do {
			const parameter: string = cursor ? `&cursor=${cursor}` : '';
			const { body }: ApiResponse<Page> = await api.request<Page>(`/v2/assets?limit=5${parameter}`);
			found.push(...getIds(body.items));
			cursor = body.nextCursor;
		} while (cursor);
		expect(found).toEqual(getIds(LIBRARY).reverse());
	});

	test.each([
		['name', 'name'],
		['date', 'createdAt'],
		['duration', 'durationSeconds'],
		['size', 'size'],
		['kind', 'type'],
	])('sorts by %s in both directions, with missing values last', async (order, field) => {
		const valuesBy = async (sortBy: string): Promise<unknown[]> =>
			(await api.request<Page>(`/v2/assets?limit=100&sortBy=${sortBy}`)).body.items.map(
				(asset) => asset[field] ?? null,
			);
		const values = LIBRARY.map((asset) => asset[field]).filter((value) => value != null);
		const ascending = values.sort((a, b) => ((a as number) < (b as number) ? -1 : 1));
		const none = Array<null>(LIBRARY.length - ascending.length).fill(null);
		expect(await valuesBy(`${order}Asc`)).toEqual([...ascending, ...none]);
		expect(await valuesBy(`${order}Desc`)).toEqual([...ascending.reverse(), ...none]);
	});

	test('searches names, ignoring case', async () => {
		const { body } = await api.request<Page>('/v2/assets?searchQuery=VOICEover');
		expect(getIds(body.items)).toEqual([ASSETS.voiceover]);
	});

	test.each([
		['separated by commas', 'types=AUDIO,IMAGE'],
		['repeated', 'types=AUDIO&types=IMAGE'],
		['as JSON', `types=${encodeURIComponent('["AUDIO","IMAGE"]')}`],
	])('accepts types %s', async (_how, query) => {
		const { body } = await api.request<Page>(`/v2/assets?limit=100&${query}`);
		const expected = LIBRARY.filter(({ type }) => type !== 'VIDEO');
		expect(getIds(body.items).sort()).toEqual(getIds(expected));
	});

	test('filters by project', async () => {
		const { body } = await api.request<Page>(`/v2/assets?projectId=${PROJECT_ID}`);
		expect(getIds(body.items)).toEqual([ASSETS.inProject]);
	});

	test('counts with the same filters and returns a plain number', async () => {
		const { body } = await api.request('/v2/assets/count?types=AUDIO,IMAGE&searchQuery=voice');
		expect(body).toBe(1);
	});
});

describe('getting an asset', () => {
	test('returns it unchanged, even if fields are null, missing or not in the contract', async () => {
		for (const asset of LIBRARY) {
			const { status, body } = await api.request(`/v2/assets/${asset.id}`);
			expect({ status, body }).toEqual({ status: 200, body: asset });
		}
	});

	test('ignores the case of the ID', async () => {
		const { body } = await api.request<Asset>(`/v2/assets/${ASSETS.interview.toUpperCase()}`);
		expect(body.id).toBe(ASSETS.interview);
	});

	test('fails with asset_not_found if it does not exist', async () => {
		const { status, body } = await api.request(`/v2/assets/${MISSING_ASSET_ID}`);
		expect({ status, body }).toEqual(RESPONSES.notFound);
	});

	test.each([
		[400, 'invalid_asset_id_format'],
		[422, 'invalid_asset_id_format'],
		[404, 'asset_not_found'],
	] as const)(
		'fails with status %d for an invalid ID, depending on the setting',
		async (invalidIdStatus, errorCode) => {
			await api.control.configure({ invalidIdStatus });
			const { status, body } = await api.request('/v2/assets/speaker');
			expect(status).toBe(invalidIdStatus);
			expect(body).toMatchObject({ statusCode: invalidIdStatus, errorCode });
		},
	);

	test.each([
		['a slash', 'a%2Fb'],
		['a path to another route', '%2E%2E%2Fcount'],
		['incomplete UTF-8', '%E0%A4%A'],
		['a percent sign', '%'],
		['1,000 characters', 'x'.repeat(1000)],
	])('treats %s as an invalid ID', async (_what, id) => {
		const { status, body } = await api.request(`/v2/assets/${id}`);
		expect(status).toBe(400);
		expect(body).toMatchObject({ errorCode: 'invalid_asset_id_format' });
		expect(await api.control.getTotals()).toMatchObject({ byOperation: { getAsset: 1 } });
	});
});

describe('getting assets by ID', () => {
	test('returns existing assets newest first, without duplicates', async () => {
		const { interview, voiceover, image } = ASSETS;
		const { body } = await getByIds([interview, MISSING_ASSET_ID, image, voiceover, interview]);
		expect(getIds(body)).toEqual([image, voiceover, interview]);
	});

	test('accepts a single ID', async () => {
		expect(getIds((await getByIds(ASSETS.image)).body)).toEqual([ASSETS.image]);
	});

	test('accepts a hundred IDs', async () => {
		await api.control.seedAssets(100);
		const ids = Array.from({ length: 100 }, (_, index) => seededAssetId(index));
		expect(getIds((await getByIds(ids)).body)).toEqual(ids.reverse());
	});

	test.each([
		['no IDs', [], ['ids must contain at least 1 elements']],
		['101 IDs', Array(101).fill('x'), ['ids must contain no more than 100 elements']],
		[
			'invalid IDs',
			['x', ASSETS.image, 'y'],
			expect.arrayContaining(['ids.2 must be a UUID']) as string[],
		],
	])('rejects %s as a violation', async (_what, ids, message: unknown) => {
		const { status, body } = await getByIds<object>(ids);
		expect({ status, body }).toEqual({
			status: 400,
			body: { ...RESPONSES.invalidId.body, message },
		});
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test.each([403, 404, 405, 501] as const)(
		'fails with status %d, depending on the setting',
		async (getAssetsByIds) => {
			await api.control.configure({ getAssetsByIds });
			const { status, body } = await getByIds<object>([ASSETS.image]);
			expect(status).toBe(getAssetsByIds);
			expect(body).toMatchObject({ statusCode: getAssetsByIds });
		},
	);
});

describe('another member of the organization', () => {
	const headers = { 'x-api-key': COLLEAGUE_KEY };

	test('sees only shared assets', async () => {
		const { body } = await api.request<Page>('/v2/assets', { headers });
		expect(getIds(body.items)).toEqual([ASSETS.shared]);
	});

	test("can't get an asset that is not shared", async () => {
		const path = `/v2/assets/${ASSETS.image}`;
		const { status, body } = await api.request(path, { headers });
		expect({ status, body }).toEqual(RESPONSES.notFound);
	});

	test('can be used as a filter', async () => {
		const { body } = await api.request<Page>(`/v2/assets?userId=${COLLEAGUE_ID}`);
		expect(getIds(body.items)).toEqual([ASSETS.shared]);
	});
});
