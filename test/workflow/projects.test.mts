import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { inputs } from './workflows.mts';

const server = useFakeApi();
const PROJECT = {
	id: uuid(7),
	createdAt: '2026-01-15T09:30:00.000Z',
	updatedAt: '2026-01-15T09:30:05.000Z',
	name: 'Spring Campaign',
	description: 'All takes',
	visibility: 'USER',
	mode: 'CREATOR',
	defaultWorkflow: 'lipsync',
};
const FOUND: FakeResponse = { status: 200, body: PROJECT };
const DONE: FakeResponse = { status: 204, body: '' };
const projectId = byId(PROJECT.id);
const projectAssetId = byId(uuid(1));
const path = `/v2/projects/${PROJECT.id}`;
const ids = { projectId: PROJECT.id, assetId: uuid(1) };

/** The settings of an operation, the response, the request, its body and the output. */
type Case = [NodeSettings & { operation: string }, FakeResponse, string, unknown, IDataObject];

const CASES: Case[] = [
	[{ operation: 'get', projectId }, FOUND, `GET ${path}`, undefined, PROJECT],
	[{ operation: 'create', name: ' New\n' }, FOUND, 'POST /v2/projects', { name: 'New' }, PROJECT],
	[
		{
			operation: 'create',
			name: 'New',
			additionalFields: {
				defaultWorkflow: 'timeline',
				description: '',
				mode: 'DEVELOPER',
				visibility: 'ORGANIZATION',
			},
		},
		FOUND,
		'POST /v2/projects',
		{ name: 'New', defaultWorkflow: 'timeline', mode: 'DEVELOPER', visibility: 'ORGANIZATION' },
		PROJECT,
	],
	[
		{ operation: 'update', projectId, updateFields: { name: 'New' } },
		FOUND,
		`PATCH ${path}`,
		{ name: 'New' },
		PROJECT,
	],
	[
		{ operation: 'delete', projectId },
		DONE,
		`DELETE ${path}`,
		undefined,
		{ id: PROJECT.id, deleted: true },
	],
	[
		{ operation: 'addAsset', projectId, projectAssetId },
		DONE,
		`POST ${path}/assets`,
		{ assetId: uuid(1) },
		{ ...ids, added: true },
	],
	[
		{ operation: 'removeAsset', projectId, projectAssetId },
		DONE,
		`DELETE ${path}/assets/${uuid(1)}`,
		undefined,
		{ ...ids, removed: true },
	],
];

const run = async (settings: NodeSettings, response: FakeResponse = FOUND, ...items: object[]) => {
	server.api.respond = () => response;
	const all = inputs(...(items.length ? items : [{}]));
	return await runOperation(server.api, { resource: 'project', ...settings }, all);
};

describe.each(CASES)('with the settings %j', (settings, response, line, body, json) => {
	test('sends one request and outputs one item, paired with the input item', async () => {
		const { out, failed } = await run(settings, response);
		expect(server.api.requestLines).toEqual([line]);
		expect(server.api.sent[0].body).toEqual(body);
		expect(out).toStrictEqual([{ json, pairedItem: { item: 0 } }]);
		expect(failed).toEqual([]);
	});
});

describe.each(CASES.filter(([, response]) => response === FOUND))(
	'the output of %j',
	(settings) => {
		test('has null for missing documented fields, in a fixed order', async () => {
			const { results } = await run(settings, { status: 200, body: { id: PROJECT.id } });
			const nulls = Object.keys(PROJECT).map((field) => [field, null]);
			expect(results).toStrictEqual([{ ...Object.fromEntries(nulls), id: PROJECT.id } as object]);
			expect(Object.keys(results[0])).toEqual(Object.keys(PROJECT));
		});

		test('has undocumented fields unchanged', async () => {
			const unknown = { color: 'red', members: [{ id: 'm1' }] };
			const { results } = await run(settings, { status: 200, body: { ...PROJECT, ...unknown } });
			expect(results).toStrictEqual([{ ...PROJECT, ...unknown }]);
		});

		test.each<[string, object | string]>([
			['an object without an ID', { name: 'x' }],
			['a list', []],
			['text', 'Welcome'],
			['nothing', ''],
		])('is an error if the API sends %s', async (_what, body) => {
			const { out, errors } = await run(settings, { status: 200, body });
			expect(out).toEqual([]);
			expect(errors).toMatchObject([{ message: 'The response from sync.so is not a project' }]);
		});
	},
);

test('a missing project is an error with its ID', async () => {
	const body = { statusCode: 404, message: 'Project not found', errorCode: 'project_not_found' };
	const { errors } = await run({ operation: 'get', projectId }, { status: 404, body });
	expect(errors).toMatchObject([{ ...body, projectId: PROJECT.id }]);
});

test('an asset that cannot be added is an error with the IDs of the asset and the project', async () => {
	const settings = { operation: 'addAsset', projectId, projectAssetId };
	const { errors } = await run(settings, RESPONSES.notFound);
	expect(errors).toMatchObject([{ statusCode: 404, errorCode: 'asset_not_found', ...ids }]);
});

test.each([['={{ "" }}'], [' \n'], ['={{ null }}'], ['={{ undefined }}'], ['={{ ({}) }}']])(
	'a project with the name %j is not created',
	async (name) => {
		const { errors } = await run({ operation: 'create', name });
		expect(errors).toMatchObject([
			{ message: 'The project name is empty or not text', statusCode: 0 },
		]);
		expect(server.api.requestLines).toEqual([]);
	},
);

test('an update that changes nothing is not sent', async () => {
	const { errors } = await run({ operation: 'update', projectId, updateFields: {} });
	expect(errors).toMatchObject([{ message: 'There is nothing to update', projectId: PROJECT.id }]);
	expect(server.api.requestLines).toEqual([]);
});

test('each item adds its own asset', async () => {
	const settings = {
		operation: 'addAsset',
		projectId: byId('={{ $json.project }}'),
		projectAssetId: byId('={{ $json.asset }}'),
	};
	const items = [
		{ project: 'p1', asset: 'a1' },
		{ project: 'p2', asset: 'a2' },
	];
	const { results, pairs } = await run(settings, DONE, ...items);
	expect(server.api.sent.map(({ url, body }) => [url, body]).sort()).toEqual([
		['/v2/projects/p1/assets', { assetId: 'a1' }],
		['/v2/projects/p2/assets', { assetId: 'a2' }],
	]);
	expect(results.map((json) => [json.projectId, json.assetId])).toEqual([
		['p1', 'a1'],
		['p2', 'a2'],
	]);
	expect(pairs[0]).toEqual([{ item: 0 }, { item: 1 }]);
});
