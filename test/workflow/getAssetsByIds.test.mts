import type { NodeApiError } from 'n8n-workflow';

import { buildAssetWithId, uuid, uuids } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { serveAssets, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { inputs, type OnError } from './workflows.mts';

const server = useFakeApi();
const BATCH = 'POST /v2/assets/batch';
const [A, B, C, MISSING] = [uuid(1), uuid(2), uuid(3), uuid(404)];

/** Looks up lists of IDs, one for each item. @param present the IDs of the assets that exist */
async function getByIds(
	lists: unknown[],
	more: NodeSettings = {},
	onError?: OnError,
	present = [A, B, C],
) {
	const { api } = server;
	api.respond = serveAssets(Object.fromEntries(present.map((id) => [id, buildAssetWithId(id)])));
	const settings = {
		resource: 'asset',
		operation: 'getByIds',
		assetIds: '={{ $json.list }}',
		...more,
	};
	const items = inputs(...lists.map((list) => ({ list })));
	const result = await runOperation(api, settings, items, onError);
	return { ...result, ids: result.results.map(({ id }) => id) };
}

describe('the list may be', () => {
	test.each<[string, unknown]>([
		['a list', [A, B, C]],
		['JSON text', JSON.stringify([A, B, C])],
		['JSON text on several lines', `\n${JSON.stringify([A, B, C], null, '\t')}\n`],
		['separated by commas', `${A},${B},${C}`],
		['separated by commas and spaces', `${A}, ${B}, ${C},`],
		['separated by semicolons', `${A};${B};${C}`],
		['separated by spaces', ` ${A} ${B}  ${C} `],
		['separated by line breaks', `${A}\n${B}\r\n${C}\n`],
		['a list of IDs with spaces around them', [` ${A}`, `${B}\n`, C]],
	])('%s', async (_what, list) => {
		const { ids, failed } = await getByIds([list]);
		expect(ids).toEqual([A, B, C]);
		expect(failed).toEqual([]);
	});

	test('typed in without an expression', async () => {
		const { ids } = await getByIds([''], { assetIds: `${A}\n${B}` });
		expect(ids).toEqual([A, B]);
	});

	test('one ID, which is requested individually', async () => {
		const { ids } = await getByIds([A]);
		expect(ids).toEqual([A]);
		expect(server.api.requestLines).toEqual([`GET /v2/assets/${A}`]);
	});
});

test('keeps the order and the duplicates of the list, and requests each ID once', async () => {
	const { ids } = await getByIds([[C, A, C, B, A]]);
	expect(ids).toEqual([C, A, C, B, A]);
	expect(server.api.sent.map((sent) => sent.ids)).toEqual([[C, A, B]]);
});

test('sends three requests for 250 IDs', async () => {
	const requested = uuids(250);
	const { ids, pairs } = await getByIds([requested], {}, undefined, requested);
	expect(server.api.requestLines).toEqual([BATCH, BATCH, BATCH]);
	expect(server.api.sent.map((sent) => sent.ids.length).sort()).toEqual([100, 100, 50]);
	expect(ids).toEqual(requested);
	expect(pairs[0]).toEqual(requested.map(() => ({ item: 0 })));
});

test('items share requests, and each result is paired with its item', async () => {
	const { ids, errors, pairs } = await getByIds([[A, B], C, [MISSING, A]]);
	expect(server.api.requestLines).toEqual([BATCH, `GET /v2/assets/${MISSING}`]);
	expect(ids).toEqual([A, B, C, A]);
	expect(errors).toMatchObject([{ assetId: MISSING }]);
	expect(pairs).toEqual([[{ item: 0 }, { item: 0 }, { item: 1 }, { item: 2 }], [{ item: 2 }]]);
});

test('Simplify keeps ten fields', async () => {
	const { results } = await getByIds([[A, B]], { simplify: true });
	expect(results.map((json) => Object.keys(json).length)).toEqual([10, 10]);
});

describe('a missing ID', () => {
	const list = [A, MISSING, C];

	test('is an item of the error output with its ID', async () => {
		const { ids, errors } = await getByIds([list]);
		expect(ids).toEqual([A, C]);
		const { message, statusCode, errorCode, suggestion } = RESPONSES.notFound.body;
		const error = { message, statusCode, errorCode, hint: suggestion, requestId: null };
		expect(errors).toEqual([{ ...error, assetId: MISSING }]);
	});

	test('is an error in its place if errors share the output', async () => {
		const { results, pairs } = await getByIds([list], {}, 'continueRegularOutput');
		expect(results.map(({ id, error }) => id ?? error)).toEqual([
			A,
			expect.objectContaining({ assetId: MISSING, statusCode: 404 }),
			C,
		]);
		expect(pairs[0]).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
	});

	test('stops the workflow with an error that has its ID', async () => {
		const { error, out } = await getByIds([list], {}, 'stopWorkflow');
		const { message, context } = error as NodeApiError;
		expect(message).toBe(`Asset not found: ${MISSING}`);
		expect(context).toMatchObject({ itemIndex: 0, data: { assetId: MISSING, statusCode: 404 } });
		expect(out).toEqual([]);
	});

	test('stops the workflow with an error that names the item it belongs to', async () => {
		const many = [A, uuid(5), B, uuid(6), C];
		const { error } = await getByIds([[A, B], many], {}, 'stopWorkflow');
		const { context } = error as NodeApiError;
		expect(context).toMatchObject({ itemIndex: 1, data: { assetId: uuid(5) } });
	});

	test.each<OnError>(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'])(
		'is an item in its place with Return Item, On Error: %s',
		async (onError) => {
			const { results, failed } = await getByIds([list], { ifMissing: 'returnItem' }, onError);
			expect(results.map((json) => [json.id, json.found])).toEqual([
				[A, true],
				[MISSING, false],
				[C, true],
			]);
			expect(failed).toEqual([]);
		},
	);
});

test('JSON text that is not a list is an error, and nothing is sent', async () => {
	const { errors } = await getByIds([`["${A}", "${B}"`]);
	expect(errors).toMatchObject([
		{ message: 'The asset IDs are not a valid JSON list', statusCode: 0 },
	]);
	expect(server.api.requestLines).toEqual([]);
});

describe('a list without IDs is an error, and nothing is sent', () => {
	test.each([[[]], [''], [' \n'], ['[]'], [',;'], [null]])('%j', async (list) => {
		const { out, errors, pairs } = await getByIds([list]);
		expect(out).toEqual([]);
		expect(errors).toEqual([
			{
				message: 'There are no asset IDs',
				statusCode: 0,
				errorCode: null,
				hint: 'Enter IDs, one per line, or an expression that returns a list',
				requestId: null,
			},
		]);
		expect(pairs[1]).toEqual([{ item: 0 }]);
		expect(server.api.requestLines).toEqual([]);
	});
});

describe('an invalid ID is an error for that ID only, and nothing is sent for it', () => {
	const long = 'x'.repeat(257);
	test.each<[string, unknown, string, string]>([
		['an object', { id: A }, 'The asset ID is not text, but of type object', `{"id":"${A}"}`],
		['a number', 7, 'The asset ID is not text, but of type number', '7'],
		['null', null, 'The asset ID is empty', 'null'],
		['empty text', '', 'The asset ID is empty', ''],
		['two dots', '..', '“..” is not an ID of an asset', '..'],
		['a route', 'batch', '“batch” is not an ID of an asset', 'batch'],
		['a line break', 'a\nb', '“a�b” is not an ID of an asset', 'a\nb'],
		['257 characters', long, `“${long.slice(0, 40)}…” is not an ID of an asset`, long],
	])('%s', async (_what, bad, message, assetId) => {
		const { ids, errors } = await getByIds([[A, bad, B]]);
		expect(ids).toEqual([A, B]);
		expect(errors).toMatchObject([{ message, statusCode: 0, errorCode: null, assetId }]);
		expect(server.api.sent.map((sent) => sent.ids)).toEqual([[A, B]]);
	});

	test('a parent folder stays one path segment', async () => {
		const { errors } = await getByIds([[A, '../x', B]]);
		expect(server.api.requestLines.sort()).toEqual(['GET /v2/assets/..%2Fx', BATCH]);
		expect(errors).toMatchObject([{ assetId: '../x', statusCode: 404 }]);
	});

	test('stops the workflow if On Error says so', async () => {
		const { error } = await getByIds([[A, 'batch']], {}, 'stopWorkflow');
		const { message, context } = error as NodeApiError;
		expect(message).toBe('“batch” is not an ID of an asset');
		expect(context).toMatchObject({ data: { assetId: 'batch' } });
	});
});
