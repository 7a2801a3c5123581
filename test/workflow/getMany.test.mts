import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { buildAssetWithId, SPEAKER, uuid, uuids } from '../unit/assets.mts';
import { type FakeResponse, parseQuery, servePages, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { inputs } from './workflows.mts';

const server = useFakeApi();
const project = (id: string) => ({ id, name: `Project ${id}` });

/** The lists that work the same way. */
const LISTS: Array<[string, string, (id: string) => object]> = [
	['asset', '/v2/assets', buildAssetWithId],
	['project', '/v2/projects', project],
];

const listQueries = () => server.api.sent.map(parseQuery);
const buildSettings = (more: NodeSettings, resource = 'asset') => ({
	resource,
	operation: 'getAll',
	...more,
});

describe.each(LISTS)('Get Many of resource %s', (resource, path, buildEntry) => {
	const ids = uuids(250);

	/** Lists entries, up to 100 on a page. */
	async function list(settings: NodeSettings, count = 250) {
		server.api.respond = servePages(ids.slice(0, count).map(buildEntry));
		return await runOperation(server.api, buildSettings(settings, resource));
	}

	test('Return All reads all pages and pairs all entries with the item', async () => {
		const { results, pairs } = await list({ returnAll: true });
		expect(server.api.sent.map(({ method, url }) => [method, url.split('?')[0]])).toEqual(
			Array(3).fill(['GET', path]),
		);
		expect(listQueries()).toEqual([
			{ limit: '100' },
			{ limit: '100', cursor: '100' },
			{ limit: '100', cursor: '200' },
		]);
		expect(results.map(({ id }) => id)).toEqual(ids);
		expect(pairs[0]).toEqual(ids.map(() => ({ item: 0 })));
	});

	test('Return All requests one page if there is exactly one', async () => {
		const { results } = await list({ returnAll: true }, 100);
		expect(results).toHaveLength(100);
		expect(listQueries()).toEqual([{ limit: '100' }]);
	});

	test('outputs no items if the account has no entries', async () => {
		const { out, failed } = await list({ returnAll: true }, 0);
		expect([out, failed]).toEqual([[], []]);
		expect(listQueries()).toHaveLength(1);
	});

	test.each([
		['less than a page', 7, [{ limit: '7' }]],
		['a page', 100, [{ limit: '100' }]],
		['more than a page', 130, [{ limit: '100' }, { limit: '30', cursor: '100' }]],
		['two pages', 200, [{ limit: '100' }, { limit: '100', cursor: '100' }]],
	])('a Limit of %s requests no more than that', async (_what, limit, requested) => {
		const { results } = await list({ limit });
		expect(results.map(({ id }) => id)).toEqual(ids.slice(0, limit));
		expect(listQueries()).toEqual(requested);
	});

	test('outputs 50 entries by default', async () => {
		expect((await list({})).results).toHaveLength(50);
	});

	test('a Limit over the number of entries outputs all of them', async () => {
		expect((await list({ limit: 300 })).results).toHaveLength(250);
		expect(listQueries().map(({ limit }) => limit)).toEqual(['100', '100', '100']);
	});

	test('stays within Limit if the server sends more than requested', async () => {
		server.api.respond = () => ({
			status: 200,
			body: { items: ids.map(buildEntry), nextCursor: 'x' },
		});
		const { results } = await runOperation(server.api, buildSettings({ limit: 3 }, resource));
		expect(results.map(({ id }) => id)).toEqual(ids.slice(0, 3));
		expect(listQueries()).toHaveLength(1);
	});

	test.each<[string, (count: number) => object, number]>([
		['the same cursor repeatedly', () => ({ items: [buildEntry(uuid(1))], nextCursor: 'x' }), 2],
		[
			'cursors in a cycle',
			(count) => ({ items: [buildEntry(uuid(1))], nextCursor: `${count % 2}` }),
			3,
		],
	])('stops reading if the server sends %s', async (_what, body, requests) => {
		server.api.respond = () =>
			server.api.sent.length > 9
				? { status: 418, body: '' }
				: { status: 200, body: body(server.api.sent.length) };
		const { failed } = await runOperation(server.api, buildSettings({ returnAll: true }, resource));
		expect(failed).toEqual([]);
		expect(listQueries()).toHaveLength(requests);
	});

	test('continues after an empty page that has a cursor', async () => {
		const pages = [[ids[0]], [], [], [ids[1]]];
		server.api.respond = (sent) => {
			const page = Number(parseQuery(sent).cursor ?? 0);
			const nextCursor = page + 1 < pages.length ? String(page + 1) : null;
			return { status: 200, body: { items: pages[page].map(buildEntry), nextCursor } };
		};
		const { results } = await runOperation(
			server.api,
			buildSettings({ returnAll: true }, resource),
		);
		expect(results.map(({ id }) => id)).toEqual(ids.slice(0, 2));
		expect(listQueries()).toHaveLength(4);
	});

	test('is an error after 50 empty pages', async () => {
		server.api.respond = ({ url }) => ({ status: 200, body: { items: [], nextCursor: url } });
		const { errors } = await runOperation(server.api, buildSettings({ returnAll: true }, resource));
		expect(errors).toMatchObject([
			{ message: expect.stringMatching(/^The list does not end/) as string },
		]);
		expect(listQueries()).toHaveLength(50);
	});

	test('is an error after 100,000 entries, before n8n runs out of memory', async () => {
		const page = ids.slice(0, 100).map(buildEntry);
		server.api.respond = () => ({
			status: 200,
			body: { items: page, nextCursor: String(server.api.sent.length) },
		});
		const { errors } = await runOperation(server.api, buildSettings({ returnAll: true }, resource));
		expect(errors).toMatchObject([
			{ message: expect.stringMatching(/^The list has more than 100,000 entries/) as string },
		]);
		expect(listQueries()).toHaveLength(1001);
	});

	test.each<[string, FakeResponse]>([
		['an object without items', { status: 200, body: { nextCursor: null } }],
		['items that are not a list', { status: 200, body: { items: {} } }],
		['a bare list', { status: 200, body: [] }],
		['null', { status: 200, body: 'null', headers: { 'content-type': 'application/json' } }],
		['text', { status: 200, body: 'Welcome' }],
	])('a response with %s is an error', async (_what, response) => {
		server.api.respond = () => response;
		const { out, errors } = await runOperation(server.api, buildSettings({}, resource));
		expect(out).toEqual([]);
		expect(errors).toMatchObject([
			{ message: 'The response from sync.so is not a list', statusCode: 200, errorCode: null },
		]);
	});

	test.each<[string, unknown]>([
		['null', null],
		['text', 'x'],
		['an object without an ID', { name: 'x' }],
	])('a list that contains %s is an error', async (_what, odd) => {
		server.api.respond = () => ({ status: 200, body: { items: [buildEntry(uuid(1)), odd] } });
		const { out, errors } = await runOperation(server.api, buildSettings({}, resource));
		expect(out).toEqual([]);
		expect(errors).toMatchObject([{ message: 'The response from sync.so is not a list' }]);
	});

	test('an error on a later page outputs no partial list', async () => {
		const pages = servePages(ids.map(buildEntry));
		server.api.respond = (sent) =>
			parseQuery(sent).cursor ? { status: 500, body: '' } : pages(sent);
		const { out, errors } = await runOperation(
			server.api,
			buildSettings({ returnAll: true }, resource),
		);
		expect(out).toEqual([]);
		expect(errors).toMatchObject([{ statusCode: 500 }]);
	});
});

describe('filters and sorting', () => {
	const cases: Array<[string, string, NodeSettings, object]> = [
		[
			'types, separated by commas',
			'asset',
			{ filters: { types: ['AUDIO', 'VIDEO'] } },
			{ types: 'AUDIO,VIDEO' },
		],
		['a type as text', 'asset', { filters: { types: 'video' } }, { types: 'VIDEO' }],
		['no types', 'asset', { filters: { types: [] } }, {}],
		['the name', 'asset', { filters: { searchQuery: 'a & b=c' } }, { searchQuery: 'a & b=c' }],
		['an empty name', 'asset', { filters: { searchQuery: '' } }, {}],
		[
			'a selected project',
			'asset',
			{ filters: { projectId: byId(uuid(9)) } },
			{ projectId: uuid(9) },
		],
		['a project as text', 'asset', { filters: { projectId: uuid(9) } }, { projectId: uuid(9) }],
		['no selected project', 'asset', { filters: { projectId: byId('') } }, {}],
		[
			'the sort order',
			'asset',
			{ sort: { rule: { sortBy: 'size', direction: 'asc' } } },
			{ sortBy: 'sizeAsc' },
		],
		['the name of a project', 'project', { filters: { searchQuery: 'x' } }, { searchQuery: 'x' }],
		[
			'the sort order of projects',
			'project',
			{ sort: { rule: { sortBy: 'name' } } },
			{ sortBy: 'name' },
		],
	];

	test.each(cases)('sends %s', async (_what, resource, settings, query) => {
		server.api.respond = servePages([]);
		await runOperation(server.api, buildSettings(settings, resource));
		expect(listQueries()).toEqual([{ limit: '50', ...query }]);
	});

	test('an unknown type is an error, and nothing is sent', async () => {
		const { errors } = await runOperation(
			server.api,
			buildSettings({ filters: { types: ['VIDEO', 'hologram'] } }),
		);
		expect(errors).toMatchObject([{ message: "'HOLOGRAM' is not a type of asset", statusCode: 0 }]);
		expect(server.api.requestLines).toEqual([]);
	});

	test('are sent with every page', async () => {
		server.api.respond = servePages(uuids(150).map(buildAssetWithId));
		const filters = { types: ['VIDEO'], searchQuery: 'x' };
		await runOperation(
			server.api,
			buildSettings({
				returnAll: true,
				filters,
				sort: { rule: { sortBy: 'name', direction: 'asc' } },
			}),
		);
		const query = { limit: '100', types: 'VIDEO', searchQuery: 'x', sortBy: 'nameAsc' };
		expect(listQueries()).toEqual([query, { ...query, cursor: '100' }]);
	});

	test('can differ by item', async () => {
		server.api.respond = (sent) => servePages([buildAssetWithId(parseQuery(sent).projectId)])(sent);
		const filters = { projectId: byId('={{ $json.project }}'), types: '={{ $json.types }}' };
		const { out } = await runOperation(
			server.api,
			buildSettings({ filters, limit: '={{ $json.limit }}' }),
			inputs(
				{ project: 'p1', types: ['AUDIO'], limit: 1 },
				{ project: 'p2', types: 'IMAGE', limit: 2 },
			),
		);
		expect(listQueries().sort((a, b) => (a.projectId < b.projectId ? -1 : 1))).toEqual([
			{ limit: '1', projectId: 'p1', types: 'AUDIO' },
			{ limit: '2', projectId: 'p2', types: 'IMAGE' },
		]);
		expect(out.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['p1', { item: 0 }],
			['p2', { item: 1 }],
		]);
	});
});

describe('the output', () => {
	const getOutput = async (entry: object, settings: NodeSettings = {}, resource = 'asset') => {
		server.api.respond = servePages([entry]);
		const { results } = await runOperation(server.api, buildSettings(settings, resource));
		return results[0];
	};

	test('is the same asset that Get outputs, with unknown fields', async () => {
		expect(await getOutput({ ...SPEAKER, hdr: true })).toStrictEqual({ ...SPEAKER, hdr: true });
		const bare: IDataObject = await getOutput({ id: SPEAKER.id });
		expect(Object.keys(bare)).toEqual(Object.keys(SPEAKER));
	});

	test('has ten fields with Simplify', async () => {
		const simple = await getOutput(SPEAKER, { simplify: true });
		expect(Object.keys(simple)).toHaveLength(10);
		expect(SPEAKER).toMatchObject(simple);
	});
});
