import { ASSETS, MISSING_ASSET_ID } from '../../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../../sandbox/asset/types.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { PROJECT, PROJECT_ID } from '../../../../sandbox/project/fixtures.mts';
import type { Project } from '../../../../sandbox/project/types.mts';
import { RESPONSES } from '../../../unit/responses.mts';
import { ApiLab, type ApiResponse, getIds } from '../apiLab.mts';

const api = new ApiLab();

const ID = '0a1b2c3d-0000-4000-8000-0000000000aa';
const MISSING_PROJECT_ID = '0a1b2c3d-0000-4000-8000-0000000000ff';
const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };

const create = async (json: object, init?: RequestInit): Promise<ApiResponse<Project>> =>
	await api.request<Project>('/v2/projects', { ...init, json });

const list = async (query = '', init?: RequestInit) =>
	(
		await api.request<{ items: Project[]; nextCursor?: string | null }>(
			`/v2/projects?${query}`,
			init,
		)
	).body;

const getProjectId = async (assetId: string): Promise<unknown> =>
	(await api.request<Asset>(`/v2/assets/${assetId}`)).body.projectId;

describe('creating a project', () => {
	test('uses the given fields and defaults', async () => {
		const { status, body } = await create({ name: 'Spring' });
		const { id, createdAt, updatedAt, ...rest } = body;
		expect(status).toBe(201);
		expect(rest).toEqual({
			name: 'Spring',
			description: null,
			visibility: 'USER',
			mode: 'CREATOR',
			defaultWorkflow: null,
		});
		expect(updatedAt).toBe(createdAt);
		expect((await api.request(`/v2/projects/${id}`)).body).toEqual(body);
	});

	test('twice with the same ID returns the same project', async () => {
		const first = await create({ name: 'Spring', id: ID });
		const second = await create({ name: 'Spring', id: ID });
		expect(second).toMatchObject({ status: 201, body: first.body });
		expect((await list()).items).toHaveLength(2);
	});

	test('with the ID of a deleted project is a conflict', async () => {
		await api.request(`/v2/projects/${PROJECT_ID}`, { method: 'DELETE' });
		expect((await create({ name: 'Spring', id: PROJECT_ID })).status).toBe(409);
	});

	test("with the ID of another member's project is a conflict", async () => {
		expect((await create({ name: 'Mine', id: PROJECT_ID }, asColleague)).status).toBe(409);
	});

	test('without a name violates the contract', async () => {
		expect((await create({})).status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});
});

describe('listing projects', () => {
	test('returns the most recently updated first, page by page', async () => {
		const { body: spring } = await create({ name: 'Spring' });
		const { body: autumn } = await create({ name: 'Autumn' });
		await api.request(`/v2/projects/${spring.id}`, {
			method: 'PATCH',
			json: { mode: 'DEVELOPER' },
		});
		const first = await list('limit=2');
		const second = await list(`limit=2&cursor=${first.nextCursor}`);
		expect(getIds(first.items)).toEqual([spring.id, autumn.id]);
		expect(getIds(second.items)).toEqual([PROJECT_ID]);
		expect(second.nextCursor).toBeNull();
	});

	test('sorts by name on request', async () => {
		await create({ name: 'Zenith' });
		await create({ name: 'autumn' });
		const { items } = await list('sortBy=name');
		expect(items.map(({ name }) => name)).toEqual(['autumn', 'Webinars', 'Zenith']);
	});

	test('searches names', async () => {
		await create({ name: 'Spring' });
		expect(getIds((await list('searchQuery=WEB')).items)).toEqual([PROJECT_ID]);
	});

	test('returns only shared projects of other members', async () => {
		expect((await list('', asColleague)).items).toEqual([]);
		const json = { visibility: 'ORGANIZATION' };
		await api.request(`/v2/projects/${PROJECT_ID}`, { method: 'PATCH', json });
		expect(getIds((await list('', asColleague)).items)).toEqual([PROJECT_ID]);
	});
});

test('updating a project changes the given fields and updatedAt', async () => {
	const json = { name: 'Talks', description: 'All of them', defaultWorkflow: 'timeline' };
	const path = `/v2/projects/${PROJECT_ID}`;
	const { status, body } = await api.request<Project>(path, { method: 'PATCH', json });
	const { updatedAt } = body;
	expect({ status, body }).toEqual({
		status: 200,
		body: { ...PROJECT, ...json, updatedAt },
	});
	expect(updatedAt > PROJECT.updatedAt).toBe(true);
});

test('deleting a project keeps its assets, but removes them from it', async () => {
	const deleted = await api.request(`/v2/projects/${PROJECT_ID}`, { method: 'DELETE' });
	expect(deleted).toMatchObject({ status: 200, body: { id: PROJECT_ID } });
	expect((await api.request(`/v2/projects/${PROJECT_ID}`)).status).toBe(404);
	expect(await getProjectId(ASSETS.inProject)).toBeNull();
});

describe('the assets of a project', () => {
	const attach = async (projectId: string, assetId: string) =>
		await api.request(`/v2/projects/${projectId}/assets`, { json: { assetId } });
	const detach = async (projectId: string, assetId: string) =>
		await api.request(`/v2/projects/${projectId}/assets/${assetId}`, { method: 'DELETE' });

	test('can be added, which returns no body', async () => {
		const responses = [
			await attach(PROJECT_ID, ASSETS.image),
			await attach(PROJECT_ID, ASSETS.image),
		];
		for (const response of responses) expect(response).toMatchObject({ status: 204, body: '' });
		expect(await getProjectId(ASSETS.image)).toBe(PROJECT_ID);
		expect((await api.request(`/v2/assets/count?projectId=${PROJECT_ID}`)).body).toBe(2);
	});

	test('can be removed', async () => {
		expect((await detach(PROJECT_ID, ASSETS.inProject)).status).toBe(204);
		expect(await getProjectId(ASSETS.inProject)).toBeNull();
	});

	test('stay in their project if they are removed from another one', async () => {
		const { body } = await create({ name: 'Spring' });
		expect((await detach(body.id, ASSETS.inProject)).status).toBe(204);
		expect(await getProjectId(ASSETS.inProject)).toBe(PROJECT_ID);
	});

	test.each([
		['adding', attach],
		['removing', detach],
	])('%s a missing asset fails with asset_not_found', async (_what, act) => {
		const { status, body } = await act(PROJECT_ID, MISSING_ASSET_ID);
		expect({ status, body }).toEqual(RESPONSES.notFound);
	});
});

describe.each([
	['that does not exist', MISSING_PROJECT_ID, {}],
	['of another member', PROJECT_ID, asColleague],
])('a project %s is not found', (_whose, projectId, init) => {
	test.each([
		['GET', '', undefined],
		['PATCH', '', { name: 'x' }],
		['DELETE', '', undefined],
		['POST', '/assets', { assetId: ASSETS.image }],
		['DELETE', `/assets/${ASSETS.image}`, undefined],
	])('by %s /v2/projects/ID%s', async (method, path, json) => {
		const response = await api.request(`/v2/projects/${projectId}${path}`, {
			...init,
			method,
			json,
		});
		const body = { statusCode: 404, errorCode: 'project_not_found' };
		expect(response).toMatchObject({ status: 404, body });
	});
});
