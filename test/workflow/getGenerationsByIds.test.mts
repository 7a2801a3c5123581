import { COMPLETED } from '../unit/generations.mts';
import { RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, parseQuery, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { inputs, type OnError } from './workflows.mts';

const server = useFakeApi();
const LIST = '/v2/generations?';

/** Gets a list of IDs. @param present the IDs of the generations that exist */
async function getByIds(
	list: unknown,
	present: string[],
	{
		settings = {},
		onError,
		listed,
	}: { settings?: NodeSettings; onError?: OnError; listed?: FakeResponse } = {},
) {
	const { api } = server;
	const build = (id: string) => ({ ...COMPLETED, id });
	api.respond = (sent) => {
		if (sent.url.startsWith(LIST)) {
			const ids = parseQuery(sent).ids.split(',');
			const found = present.filter((id) => ids.includes(id)).reverse();
			return listed ?? { status: 200, body: found.map(build) };
		}
		const id = decodeURIComponent(sent.url.replace('/v2/generate/', ''));
		return present.includes(id) ? { status: 200, body: build(id) } : RESPONSES.notFound;
	};
	const all = { resource: 'generation', operation: 'getByIds', generationIds: '={{ $json.list }}' };
	const result = await runOperation(api, { ...all, ...settings }, inputs({ list }), onError);
	return { ...result, ids: result.results.map(({ id }) => id) };
}

test('keeps the order and the duplicates of the list, with one request', async () => {
	const { ids, pairs } = await getByIds('b, a, b', ['a', 'b']);
	expect(ids).toEqual(['b', 'a', 'b']);
	expect(pairs[0]).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
	expect(server.api.requestLines).toEqual(['GET /v2/generations?ids=b%2Ca&limit=2']);
});

test('sends three requests for 250 IDs', async () => {
	const list = Array.from({ length: 250 }, (_, index) => `g${index}`);
	expect((await getByIds(list, list)).ids).toEqual(list);
	expect(server.api.sent.map((sent) => parseQuery(sent).limit)).toEqual(['100', '100', '50']);
});

test('requests a single ID directly', async () => {
	expect((await getByIds(['a'], ['a'])).ids).toEqual(['a']);
	expect(server.api.requestLines).toEqual(['GET /v2/generate/a']);
});

test('a missing generation is an error for its ID only', async () => {
	const { ids, errors } = await getByIds(['a', 'x', 'b'], ['a', 'b']);
	expect(ids).toEqual(['a', 'b']);
	expect(errors).toMatchObject([{ statusCode: 404, generationId: 'x' }]);
});

test('a missing generation stops the workflow if On Error says so', async () => {
	const { error } = await getByIds(['a', 'x'], ['a'], { onError: 'stopWorkflow' });
	expect(error).toMatchObject({ context: { data: { generationId: 'x' } } });
});

test('an invalid ID is an error, and is not sent', async () => {
	const { ids, errors } = await getByIds(['a', '..', 'b'], ['a', 'b']);
	expect(ids).toEqual(['a', 'b']);
	expect(errors).toMatchObject([{ statusCode: 0, generationId: '..' }]);
	expect(server.api.requestLines).toEqual(['GET /v2/generations?ids=a%2Cb&limit=2']);
});

test('an ID with a comma is requested on its own', async () => {
	expect((await getByIds(['a', 'b', 'c,d'], ['a', 'b', 'c,d'])).ids).toEqual(['a', 'b', 'c,d']);
	expect(server.api.requestLines.at(-1)).toBe('GET /v2/generate/c%2Cd');
});

test('an API that ignores the list returns the same generations', async () => {
	const listed = { status: 200, body: [{ ...COMPLETED, id: 'other' }] };
	expect((await getByIds(['a', 'b'], ['a', 'b'], { listed })).ids).toEqual(['a', 'b']);
});

test('the IDs of a rejected list are requested one by one', async () => {
	const { ids, errors } = await getByIds(['a', 'x'], ['a'], { listed: RESPONSES.invalidId });
	expect(ids).toEqual(['a']);
	expect(errors).toMatchObject([{ statusCode: 404, generationId: 'x' }]);
});

test('an invalid key is not sent again for each ID', async () => {
	const { errors } = await getByIds(['a', 'b'], [], { listed: RESPONSES.keyInvalid });
	expect(errors).toMatchObject([{ statusCode: 401 }, { statusCode: 401 }]);
	expect(server.api.sent).toHaveLength(1);
});

test('Simplify keeps ten fields', async () => {
	const { results } = await getByIds(['a'], ['a'], { settings: { simplify: true } });
	expect(Object.keys(results[0])).toHaveLength(10);
});

test.each(['={{ [] }}', '={{ undefined }}', '={{ " " }}'])(
	'%s is an error',
	async (generationIds) => {
		const { errors } = await getByIds(undefined, [], { settings: { generationIds } });
		expect(errors).toMatchObject([{ message: 'There are no generation IDs', statusCode: 0 }]);
	},
);
