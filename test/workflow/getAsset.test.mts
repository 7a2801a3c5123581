import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { buildAssetWithId, SPEAKER, uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { CREDENTIAL, runWorkflow } from './engine.mts';
import { serveAssets, useFakeApi } from './fakeApi.mts';
import {
	buildGetWorkflow,
	FAILED_NODE,
	FOUND_NODE,
	getJsons,
	inputsForIds,
	SYNC_NODE,
} from './workflows.mts';

const server = useFakeApi();
const SIMPLE = 'id name type durationSeconds format size width height url createdAt'.split(' ');
const ALL = 'id name type durationSeconds format size width height url thumbnailUrl inputType'
	.concat(' visibility projectId createdAt updatedAt')
	.split(' ');

/** Runs Get for one ID and returns the JSON of the output item. @param body of the response */
async function getOutput(body: object, parameters: Record<string, string | boolean> = {}) {
	server.api.respond = () => ({ status: 200, body });
	const json = buildGetWorkflow(parameters);
	const { getItems } = await runWorkflow(json, inputsForIds(SPEAKER.id), server.api.credential);
	expect(getItems(SYNC_NODE)).toHaveLength(1);
	return getItems(SYNC_NODE)[0].json;
}

test('one item sends one GET and outputs the asset, paired with the item', async () => {
	server.api.respond = serveAssets({ [SPEAKER.id]: SPEAKER });
	const { getItems } = await runWorkflow(
		buildGetWorkflow(),
		inputsForIds(SPEAKER.id),
		server.api.credential,
	);
	expect(server.api.requestLines).toEqual([`GET /v2/assets/${SPEAKER.id}`]);
	expect(getItems(SYNC_NODE)).toEqual([{ json: SPEAKER, pairedItem: { item: 0 } }]);
	expect(getItems(SYNC_NODE, 1)).toEqual([]);
});

test('the default Base URL is https://api.sync.so, and the key is sent in a header', async () => {
	nock.disableNetConnect();
	try {
		nock('https://api.sync.so', { reqheaders: { 'x-api-key': CREDENTIAL.apiKey } })
			.get(`/v2/assets/${SPEAKER.id}`)
			.reply(200, SPEAKER);
		const { getItems } = await runWorkflow(buildGetWorkflow(), inputsForIds(SPEAKER.id));
		expect(getJsons(getItems(SYNC_NODE))).toEqual([SPEAKER]);
	} finally {
		nock.cleanAll();
		nock.enableNetConnect();
		nock.restore();
	}
});

test('strings, numbers and dates come out as the API sends them', async () => {
	const json = await getOutput(SPEAKER);
	expect(json).toStrictEqual({ ...SPEAKER });
});

test('fields are in the documented order', async () => {
	expect(Object.keys(await getOutput(SPEAKER))).toEqual(ALL);
});

test('missing documented fields are null, never undefined', async () => {
	const json = await getOutput({ id: SPEAKER.id });
	const { id, ...others } = json;
	expect(id).toBe(SPEAKER.id);
	expect(others).toStrictEqual(Object.fromEntries(ALL.slice(1).map((field) => [field, null])));
});

test('undocumented fields come out unchanged', async () => {
	const unknown = { tags: ['a', 'b'], frame: { rate: 25 }, hdr: false, note: null };
	expect(await getOutput({ ...SPEAKER, ...unknown })).toMatchObject(unknown);
});

test('Simplify keeps ten fields in a fixed order', async () => {
	const json = await getOutput({ ...SPEAKER, tags: ['a'] }, { simplify: true });
	expect(Object.keys(json)).toEqual(SIMPLE);
	expect(SPEAKER).toMatchObject(json);
});

describe('If Asset Is Missing: Return Item', () => {
	const lookUp = async (parameters: IDataObject, ...ids: string[]) => {
		server.api.respond = serveAssets({ [SPEAKER.id]: SPEAKER, forbidden: RESPONSES.forbidden });
		const json = buildGetWorkflow({ ifMissing: 'returnItem', ...(parameters as object) });
		return await runWorkflow(json, inputsForIds(...ids), server.api.credential);
	};

	test('a missing asset is an item with found set to false and null in the other fields', async () => {
		const { getItems } = await lookUp({}, uuid(404));
		const nulls = Object.fromEntries(ALL.slice(1).map((field) => [field, null]));
		expect(getItems(SYNC_NODE)).toEqual([
			{ json: { id: uuid(404), found: false, ...nulls }, pairedItem: { item: 0 } },
		]);
		expect(getItems(SYNC_NODE, 1)).toEqual([]);
	});

	test('an existing asset has found set to true, next to its ID', async () => {
		const { getItems } = await lookUp({}, SPEAKER.id);
		expect(getJsons(getItems(SYNC_NODE))).toEqual([{ ...SPEAKER, found: true }]);
		expect(Object.keys(getItems(SYNC_NODE)[0].json).slice(0, 2)).toEqual(['id', 'found']);
	});

	test('Simplify keeps the same fields in both', async () => {
		const { getItems } = await lookUp({ simplify: true }, uuid(404), SPEAKER.id);
		const [missing, found] = getJsons(getItems(SYNC_NODE)).map((json) => Object.keys(json));
		expect(missing).toEqual(['id', 'found', ...SIMPLE.slice(1)]);
		expect(found).toEqual(missing);
	});

	test('other failures are still errors', async () => {
		const { getItems } = await lookUp({}, 'forbidden');
		expect(getItems(SYNC_NODE)).toEqual([]);
		expect(getItems(SYNC_NODE, 1)[0].json.error).toMatchObject({ statusCode: 403 });
	});

	test('a 404 that is not about the asset is still an error', async () => {
		server.api.respond = () => RESPONSES.wrongAddress;
		const json = buildGetWorkflow({ ifMissing: 'returnItem' });
		const { getItems } = await runWorkflow(json, inputsForIds(uuid(1)), server.api.credential);
		expect(getItems(SYNC_NODE)).toEqual([]);
		expect(getItems(SYNC_NODE, 1)[0].json.error).toMatchObject({
			statusCode: 404,
			errorCode: null,
		});
	});
});

test("a later node's $('Earlier Node').item is the paired item on both outputs", async () => {
	server.api.respond = serveAssets({
		[uuid(1)]: buildAssetWithId(uuid(1)),
		[uuid(3)]: buildAssetWithId(uuid(3)),
	});
	const ids = [uuid(0), uuid(1), 'batch', uuid(3), uuid(4)];
	const { getItems } = await runWorkflow(
		buildGetWorkflow(),
		inputsForIds(...ids),
		server.api.credential,
	);
	const values = (name: string) => getJsons(getItems(name)).map(({ value }) => value);
	expect(values(FOUND_NODE)).toEqual(['item 1', 'item 3']);
	expect(values(FAILED_NODE)).toEqual(['item 0', 'item 2', 'item 4']);
});

test('the items of the error output have the fields of the input item', async () => {
	const { getItems } = await runWorkflow(
		buildGetWorkflow(),
		inputsForIds(uuid(1)),
		server.api.credential,
	);
	const [{ json }] = getItems(FAILED_NODE);
	expect(json).toMatchObject({ assetId: uuid(1), label: 'item 0', error: { statusCode: 404 } });
});

test('nothing is sent if there are no input items', async () => {
	const { getItems } = await runWorkflow(buildGetWorkflow(), [], server.api.credential);
	expect(server.api.requestLines).toEqual([]);
	expect([getItems(SYNC_NODE), getItems(SYNC_NODE, 1)]).toEqual([[], []]);
});
