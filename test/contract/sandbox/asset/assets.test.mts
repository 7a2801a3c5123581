import {
	assetIdAt,
	ASSETS,
	LIBRARY,
	MISSING_ASSET_ID,
	type Asset,
} from '../../../../sandbox/asset/library.mts';
import { COLLEAGUE_ID } from '../../../../sandbox/core/users.mts';
import { PROJECT_ID } from '../../../../sandbox/project/library.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { REPLIES } from '../../../unit/answers.mts';
import { idsOf, SandboxApi, type Answer, type Page } from '../apiClient.mts';

const api = new SandboxApi();

const askFor = async <Body = Asset[],>(ids: unknown): Promise<Answer<Body>> =>
	await api.ask<Body>('/v2/assets/batch', { json: { ids } });

describe('the list of assets', () => {
	test('has ten of them, the newest first, when nothing else is asked for', async () => {
		const { body } = await api.ask<Page>('/v2/assets');
		expect(idsOf(body.items)).toEqual(idsOf(LIBRARY).reverse().slice(0, 10));
		expect(body).toMatchObject({
			nextCursor: expect.any(String) as string,
			totalCount: LIBRARY.length,
		});
	});

	test('has every asset once over all its pages', async () => {
		const found: string[] = [];
		let cursor: string | null | undefined = '';
		do {
			const more: string = cursor ? `&cursor=${cursor}` : '';
			const { body }: Answer<Page> = await api.ask<Page>(`/v2/assets?limit=5${more}`);
			found.push(...idsOf(body.items));
			cursor = body.nextCursor;
		} while (cursor);
		expect(found).toEqual(idsOf(LIBRARY).reverse());
	});

	test.each([
		['name', 'name'],
		['date', 'createdAt'],
		['duration', 'durationSeconds'],
		['size', 'size'],
		['kind', 'type'],
	])('is sorted by %s, both ways, with what has none at the end', async (order, field) => {
		const valuesBy = async (sortBy: string): Promise<unknown[]> =>
			(await api.ask<Page>(`/v2/assets?limit=100&sortBy=${sortBy}`)).body.items.map(
				(asset) => asset[field] ?? null,
			);
		const values = LIBRARY.map((asset) => asset[field]).filter((value) => value != null);
		const rising = values.sort((a, b) => ((a as number) < (b as number) ? -1 : 1));
		const none = Array<null>(LIBRARY.length - rising.length).fill(null);
		expect(await valuesBy(`${order}Asc`)).toEqual([...rising, ...none]);
		expect(await valuesBy(`${order}Desc`)).toEqual([...rising.reverse(), ...none]);
	});

	test('is searched by name, in capitals or not', async () => {
		const { body } = await api.ask<Page>('/v2/assets?searchQuery=VOICEover');
		expect(idsOf(body.items)).toEqual([ASSETS.voiceover]);
	});

	test.each([
		['separated by commas', 'types=AUDIO,IMAGE'],
		['repeated', 'types=AUDIO&types=IMAGE'],
		['as JSON text', `types=${encodeURIComponent('["AUDIO","IMAGE"]')}`],
	])('takes types %s', async (_how, query) => {
		const { body } = await api.ask<Page>(`/v2/assets?limit=100&${query}`);
		const wanted = LIBRARY.filter(({ type }) => type !== 'VIDEO');
		expect(idsOf(body.items).sort()).toEqual(idsOf(wanted));
	});

	test('is limited to a project', async () => {
		const { body } = await api.ask<Page>(`/v2/assets?projectId=${PROJECT_ID}`);
		expect(idsOf(body.items)).toEqual([ASSETS.inProject]);
	});

	test('is counted with the same filters, as a bare number', async () => {
		const { body } = await api.ask('/v2/assets/count?types=AUDIO,IMAGE&searchQuery=voice');
		expect(body).toBe(1);
	});
});

describe('one asset', () => {
	test('is answered as the library has it, with fields that are null, missing or new', async () => {
		for (const asset of LIBRARY) {
			const { status, body } = await api.ask(`/v2/assets/${asset.id}`);
			expect({ status, body }).toEqual({ status: 200, body: asset });
		}
	});

	test('is found by its ID in capitals', async () => {
		const { body } = await api.ask<Asset>(`/v2/assets/${ASSETS.interview.toUpperCase()}`);
		expect(body.id).toBe(ASSETS.interview);
	});

	test('that is not there is a 404 of its own', async () => {
		const { status, body } = await api.ask(`/v2/assets/${MISSING_ASSET_ID}`);
		expect({ status, body }).toEqual(REPLIES.notFound);
	});

	test.each([
		[400, 'invalid_asset_id_format'],
		[422, 'invalid_asset_id_format'],
		[404, 'asset_not_found'],
	] as const)('asked for by no UUID is a %d when set so', async (invalidIdStatus, errorCode) => {
		await api.control.configure({ invalidIdStatus });
		const { status, body } = await api.ask('/v2/assets/speaker');
		expect(status).toBe(invalidIdStatus);
		expect(body).toMatchObject({ statusCode: invalidIdStatus, errorCode });
	});

	test.each(['a%2Fb', '%2E%2E%2Fcount', '%E0%A4%A', '%', 'x'.repeat(1000)])(
		'is what “%.20s” asks for, however odd the ID',
		async (id) => {
			const { status, body } = await api.ask(`/v2/assets/${id}`);
			expect(status).toBe(400);
			expect(body).toMatchObject({ errorCode: 'invalid_asset_id_format' });
			expect(await api.control.totals()).toMatchObject({ byOperation: { getAsset: 1 } });
		},
	);
});

describe('several assets at once', () => {
	test('come in the order of the service, each once, without those that are not there', async () => {
		const { interview, voiceover, image } = ASSETS;
		const { body } = await askFor([interview, MISSING_ASSET_ID, image, voiceover, interview]);
		expect(idsOf(body)).toEqual([image, voiceover, interview]);
	});

	test('may be a single ID', async () => {
		expect(idsOf((await askFor(ASSETS.image)).body)).toEqual([ASSETS.image]);
	});

	test('may be a hundred', async () => {
		await api.control.seed(100);
		const ids = Array.from({ length: 100 }, (_, index) => assetIdAt(index));
		expect(idsOf((await askFor(ids)).body)).toEqual(ids.reverse());
	});

	test.each([
		['no ID', [], ['ids must contain at least 1 elements']],
		['101 IDs', Array(101).fill('x'), ['ids must contain no more than 100 elements']],
		[
			'IDs that are no UUIDs',
			['x', ASSETS.image, 'y'],
			expect.arrayContaining(['ids.2 must be a UUID']) as string[],
		],
	])('are refused for %s, and that is noted', async (_what, ids, message: unknown) => {
		const { status, body } = await askFor<object>(ids);
		expect({ status, body }).toEqual({
			status: 400,
			body: { ...REPLIES.invalidId.body, message },
		});
		expect(await api.provoked()).toHaveLength(1);
	});

	test.each([403, 404, 405, 501] as const)(
		'are refused with %d when set so',
		async (getAssetsByIds) => {
			await api.control.configure({ getAssetsByIds });
			const { status, body } = await askFor<object>([ASSETS.image]);
			expect(status).toBe(getAssetsByIds);
			expect(body).toMatchObject({ statusCode: getAssetsByIds });
		},
	);
});

const change = async (id: string, json: object): Promise<Answer<Asset>> =>
	await api.ask<Asset>(`/v2/assets/${id}`, { method: 'PATCH', json });

const remove = async (id: string): Promise<Answer<object>> =>
	await api.ask(`/v2/assets/${id}`, { method: 'DELETE' });

describe('changing an asset', () => {
	test('changes what is given, and says when', async () => {
		const changes = {
			name: 'a.wav',
			visibility: 'ORGANIZATION' as const,
			durationSeconds: 1.5,
			size: 2,
			format: 'x',
			width: 3,
			height: 4,
		};
		const { status, body } = await change(ASSETS.voiceover, changes);
		const { updatedAt, ...rest } = body;
		const { updatedAt: before, ...old } = LIBRARY[1];
		expect({ status, rest }).toEqual({ status: 200, rest: { ...old, ...changes } });
		expect(updatedAt > before).toBe(true);
		expect((await api.ask(`/v2/assets/${ASSETS.voiceover}`)).body).toEqual(body);
	});

	test('leaves alone what is not given', async () => {
		const { body } = await change(ASSETS.voiceover, {});
		expect(body).toEqual({ ...LIBRARY[1], updatedAt: body.updatedAt });
	});

	test('does not outlive a reset', async () => {
		await change(ASSETS.voiceover, { name: 'a.wav' });
		await api.control.reset();
		expect((await api.ask(`/v2/assets/${ASSETS.voiceover}`)).body).toEqual(LIBRARY[1]);
	});
});

describe('deleting an asset', () => {
	test('takes it away, and says which', async () => {
		expect(await remove(ASSETS.image)).toMatchObject({ status: 200, body: { id: ASSETS.image } });
		expect((await api.ask(`/v2/assets/${ASSETS.image}`)).status).toBe(404);
		expect((await api.ask('/v2/assets/count')).body).toBe(LIBRARY.length - 1);
	});
});

describe.each([
	['changing', async (id: string) => await change(id, { name: 'x' })],
	['deleting', remove],
])('%s', (_what, act) => {
	test('a shared asset of another member is forbidden', async () => {
		const { status, body } = await act(ASSETS.shared);
		expect(status).toBe(403);
		expect(body).toMatchObject({ statusCode: 403, errorCode: 'asset_forbidden' });
	});

	test('an asset that is not there is a 404', async () => {
		const { status, body } = await act(MISSING_ASSET_ID);
		expect({ status, body }).toEqual(REPLIES.notFound);
	});

	test('what is no UUID is refused', async () => {
		expect((await act('speaker')).body).toMatchObject({ errorCode: 'invalid_asset_id_format' });
	});
});

describe('another member of the organization', () => {
	const headers = { 'x-api-key': COLLEAGUE_KEY };

	test('sees what is shared and nothing else', async () => {
		const { body } = await api.ask<Page>('/v2/assets', { headers });
		expect(idsOf(body.items)).toEqual([ASSETS.shared]);
	});

	test('does not see one that is not shared', async () => {
		const path = `/v2/assets/${ASSETS.image}`;
		const { status, body } = await api.ask(path, { headers });
		expect({ status, body }).toEqual(REPLIES.notFound);
	});

	test('is who a list can be limited to', async () => {
		const { body } = await api.ask<Page>(`/v2/assets?userId=${COLLEAGUE_ID}`);
		expect(idsOf(body.items)).toEqual([ASSETS.shared]);
	});
});
