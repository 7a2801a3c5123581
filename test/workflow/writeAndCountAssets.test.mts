import { byId } from '../../n8n/syncNodes.mts';
import { SPEAKER, uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, parseQuery, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { inputs } from './workflows.mts';

const server = useFakeApi();
const ASSET = { status: 201, body: SPEAKER };
const MEDIA = 'https://www.example.com/a/interview.mp4';

/** Runs an operation. @param response to every request */
async function write(settings: NodeSettings, response: FakeResponse, ...items: object[]) {
	server.api.respond = () => response;
	const all = inputs(...(items.length ? items : [{}]));
	return await runOperation(server.api, { resource: 'asset', ...settings }, all);
}

const listBodies = () => server.api.sent.map(({ body }) => body);

describe('Register From URL', () => {
	const create = (settings: NodeSettings, response: FakeResponse = ASSET) =>
		write({ operation: 'create', url: MEDIA, ...settings }, response);

	test('sends the URL and the type, and outputs the asset', async () => {
		const { out, failed } = await create({});
		expect(server.api.requestLines).toEqual(['POST /v2/assets']);
		expect(listBodies()).toEqual([{ url: MEDIA, type: 'VIDEO' }]);
		expect(out).toEqual([{ json: SPEAKER, pairedItem: { item: 0 } }]);
		expect(failed).toEqual([]);
	});

	test.each([
		['https://www.example.com/a.mov', 'VIDEO'],
		['http://www.example.com/a.WAV', 'AUDIO'],
		['https://www.example.com/a.jpeg', 'IMAGE'],
		['https://www.example.com/a.mp3?token=x.mp4#b.png', 'AUDIO'],
		['  https://www.example.com/a.webm\n', 'VIDEO'],
	])('detects from %j that it is %s', async (url, type) => {
		await create({ url });
		expect(listBodies()).toEqual([{ url: url.trim(), type }]);
	});

	test('uses the selected type, whatever the extension', async () => {
		await create({ type: 'AUDIO' });
		await create({ type: 'IMAGE', url: 'https://www.example.com/x' });
		expect(listBodies()).toMatchObject([{ type: 'AUDIO' }, { type: 'IMAGE' }]);
	});

	test('sends added fields unless they are empty', async () => {
		const more = { visibility: 'ORGANIZATION', projectId: byId(uuid(9)) };
		await create({ additionalFields: { name: 'Interview', ...more } });
		await create({ additionalFields: { name: '', projectId: byId('') } });
		expect(listBodies()).toEqual([
			{ url: MEDIA, type: 'VIDEO', ...more, name: 'Interview', projectId: uuid(9) },
			{ url: MEDIA, type: 'VIDEO' },
		]);
	});

	const NO_TYPE = "The type of the file can't be detected from its URL";
	test.each([
		['empty', '={{ "" }}', "'URL' is empty"],
		['null', '={{ null }}', "'URL' is empty"],
		['white space', ' \n', "'URL' is empty"],
		['a file name', 'interview.mp4', "'URL' is not a valid URL"],
		['a path', '/var/interview.mp4', "'URL' is not a valid URL"],
		['a file URL', 'file:///var/interview.mp4', "'URL' is not a valid URL"],
		['another protocol', 'ftp://example.com/a.mp4', "'URL' is not a valid URL"],
		['a URL without an extension', 'https://www.example.com/watch?v=a.mp4', NO_TYPE],
		['an unknown extension', 'https://www.example.com/a.pdf', NO_TYPE],
	])('%s is an error, and nothing is sent', async (_what, url, message) => {
		const { out, errors, pairs } = await create({ url });
		expect(out).toEqual([]);
		expect(errors).toMatchObject([{ message, statusCode: 0, errorCode: null, requestId: null }]);
		expect(pairs[1]).toEqual([{ item: 0 }]);
		expect(server.api.requestLines).toEqual([]);
	});

	test("an unknown project is an error with the API's code", async () => {
		const message = 'Project not found';
		const body = { statusCode: 422, message, errorCode: 'project_not_found', field: 'projectId' };
		const { errors } = await create({}, { status: 422, body });
		expect(errors).toMatchObject([
			{ message, statusCode: 422, errorCode: 'project_not_found', url: MEDIA },
		]);
	});

	test('Simplify keeps ten fields', async () => {
		const { results } = await create({ simplify: true });
		expect(Object.keys(results[0])).toHaveLength(10);
	});
});

describe('Update', () => {
	const update = (settings: NodeSettings, response: FakeResponse = { ...ASSET, status: 200 }) =>
		write({ operation: 'update', assetId: byId(SPEAKER.id), ...settings }, response);

	test.each([
		['only the name', { name: 'New' }],
		['only the visibility', { visibility: 'ORGANIZATION' }],
		['a number that is 0', { size: 0 }],
		[
			'everything',
			{
				durationSeconds: 12.48,
				format: 'mp4',
				height: 1080,
				name: 'New',
				size: 8388608,
				visibility: 'USER',
				width: 1920,
			},
		],
	])('sends %s', async (_what, updateFields) => {
		const { out } = await update({ updateFields });
		expect(server.api.requestLines).toEqual([`PATCH /v2/assets/${SPEAKER.id}`]);
		expect(listBodies()).toEqual([updateFields]);
		expect(out).toEqual([{ json: SPEAKER, pairedItem: { item: 0 } }]);
	});

	test('clears a field that is added and left empty', async () => {
		await update({ updateFields: { name: '' } });
		expect(listBodies()).toEqual([{ name: '' }]);
	});

	test('an expression that returns nothing is an error, and nothing is sent', async () => {
		const { errors } = await update({ updateFields: { name: '={{ $json.none }}', format: 'mp4' } });
		expect(errors).toMatchObject([
			{ message: "The expression in 'name' returned nothing for this item" },
		]);
		expect(server.api.requestLines).toEqual([]);
	});

	test('no fields are an error, and nothing is sent', async () => {
		const { errors } = await update({ updateFields: {} });
		expect(errors).toEqual([
			{
				message: 'There is nothing to update',
				statusCode: 0,
				errorCode: null,
				hint: "Add a field under 'Update Fields'",
				requestId: null,
				assetId: SPEAKER.id,
			},
		]);
		expect(server.api.requestLines).toEqual([]);
	});

	test("another member's asset is an error with the API's code", async () => {
		const { errors } = await update({ updateFields: { name: 'New' } }, RESPONSES.forbidden);
		expect(errors).toMatchObject([
			{ statusCode: 403, errorCode: 'asset_forbidden', assetId: SPEAKER.id },
		]);
	});

	test('each item changes its own asset', async () => {
		const settings = {
			operation: 'update',
			assetId: byId('={{ $json.id }}'),
			updateFields: { name: '={{ $json.name }}' },
		};
		const { pairs } = await write(settings, ASSET, { id: 'a', name: 'A' }, { id: 'b', name: 'B' });
		expect(server.api.sent.map(({ url, body }) => [url, body]).sort()).toEqual([
			['/v2/assets/a', { name: 'A' }],
			['/v2/assets/b', { name: 'B' }],
		]);
		expect(pairs[0]).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

describe('Delete', () => {
	const remove = (response: FakeResponse) =>
		write({ operation: 'delete', assetId: byId(SPEAKER.id) }, response);

	test.each<[string, FakeResponse]>([
		['the ID', { status: 200, body: { id: SPEAKER.id } }],
		['nothing', { status: 204, body: '' }],
	])('confirms the deletion if the API sends %s', async (_what, response) => {
		const { out } = await remove(response);
		expect(server.api.requestLines).toEqual([`DELETE /v2/assets/${SPEAKER.id}`]);
		expect(listBodies()).toEqual([undefined]);
		expect(out).toEqual([{ json: { id: SPEAKER.id, deleted: true }, pairedItem: { item: 0 } }]);
	});

	test.each(['notFound', 'forbidden'] as const)('%s is an error', async (name) => {
		const { statusCode, errorCode } = RESPONSES[name].body;
		const { out, errors } = await remove(RESPONSES[name]);
		expect(out).toEqual([]);
		expect(errors).toMatchObject([{ statusCode, errorCode, assetId: SPEAKER.id }]);
	});
});

describe('Count', () => {
	const count = (body: object | string, settings: NodeSettings = {}, type = 'application/json') =>
		write(
			{ operation: 'count', ...settings },
			{ status: 200, body, headers: { 'content-type': type } },
		);

	test.each([
		['a number', '42', 'application/json', 42],
		['zero', '0', 'application/json', 0],
		['a number as JSON text', '"42"', 'application/json', 42],
		['a number as plain text', '42\n', 'text/plain', 42],
	])('outputs %s', async (_what, body, type, number) => {
		const { out } = await count(body, {}, type);
		expect(server.api.requestLines).toEqual(['GET /v2/assets/count']);
		expect(out).toStrictEqual([{ json: { count: number }, pairedItem: { item: 0 } }]);
	});

	test.each([
		['a fraction', '4.2'],
		['a word', '"many"'],
		['empty text', '""'],
		['nothing', ''],
		['null', 'null'],
		['true', 'true'],
		['an object', '{"count":42}'],
		['a list', '[42]'],
		['a page of another server', '<html></html>'],
	])('%s is an error', async (_what, body) => {
		const { out, errors } = await count(body);
		expect(out).toEqual([]);
		expect(errors).toMatchObject([{ message: 'The response from sync.so is not a number' }]);
	});

	test('filters by name, types and project', async () => {
		const projectId = byId(uuid(9));
		await count('1', { filters: { searchQuery: 'x', types: ['AUDIO', 'IMAGE'], projectId } });
		expect(parseQuery(server.api.sent[0])).toEqual({
			searchQuery: 'x',
			types: 'AUDIO,IMAGE',
			projectId: uuid(9),
		});
	});
});
