import fc from 'fast-check';
import type { IDataObject, INodeParameterResourceLocator } from 'n8n-workflow';

import { anyText } from '../unit/arbitraries.mts';
import { buildAssetWithId, uuid } from '../unit/assets.mts';
import { CREDENTIAL, runWorkflow } from './engine.mts';
import { useFakeApi } from './fakeApi.mts';
import { buildGetWorkflow, ID_FROM_ITEM, inputsForIds, SYNC_NODE } from './workflows.mts';

const server = useFakeApi();
const NEIGHBOURS = [uuid(1), uuid(2)];

type Locator = INodeParameterResourceLocator;
const COMPUTED: Locator = { __rl: true, mode: 'id', value: '={{ $json["assetId"] }}' };
const typeIn = (id: string): Locator => ({ __rl: true, mode: 'id', value: id });

/**
 * Looks up IDs between two valid ones, on a server where every asset exists. Returns the requests for them in `single`.
 */
async function lookUp(ids: unknown[], combineLookups: boolean, assetId: Locator = ID_FROM_ITEM) {
	const { api } = server;
	api.sent.length = 0;
	api.respond = ({ method, url, ids: together }) => ({
		status: 200,
		body:
			method === 'POST'
				? together.map(buildAssetWithId)
				: buildAssetWithId(decodeURIComponent(url.slice(11))),
	});
	const json = buildGetWorkflow({ assetId, options: { combineLookups } });
	const all = [NEIGHBOURS[0], ...ids, NEIGHBOURS[1]];
	const { getItems } = await runWorkflow(json, inputsForIds(...all), api.credential);
	const usual = ['POST /v2/assets/batch', ...NEIGHBOURS.map((id) => `GET /v2/assets/${id}`)];
	const single = api.sent.filter(({ method, url }) => !usual.includes(`${method} ${url}`));
	return { found: getItems(SYNC_NODE), failed: getItems(SYNC_NODE, 1), single };
}

type Lookup = Awaited<ReturnType<typeof lookUp>>;

/** A list of different IDs. */
const anyIds = fc.uniqueArray(anyText, {
	minLength: 1,
	maxLength: 20,
	selector: (id) => id.trim(),
});

/** Expects that each item gets an asset or a clear error, and that only the assets that came out were requested. */
function expectEachSafe(ids: string[], { found, failed, single }: Lookup): void {
	const requested = found
		.map(({ pairedItem }) => ids[(pairedItem as { item: number }).item - 1])
		.filter((id) => id !== undefined)
		.map((id) => `/v2/assets/${encodeURIComponent(id.trim())}`);
	expect(single.map(({ url }) => url).sort()).toEqual(requested.sort());
	for (const { method, url, headers } of single) {
		expect(method).toBe('GET');
		expect(url).toMatch(/^\/v2\/assets\/[^/?#\\\s]+$/);
		expect(url).not.toMatch(/\/(\.|%2e){1,2}$|\/batch$/i);
		expect(headers['x-api-key']).toBe(CREDENTIAL.apiKey);
	}
	expect(found.length + failed.length).toBe(ids.length + NEIGHBOURS.length);
	for (const { json } of failed) {
		expect(json.error).toMatchObject({
			statusCode: 0,
			hint: expect.stringMatching(/\w/) as string,
		});
	}
}

const WAYS: Array<[string, boolean, Locator]> = [
	['combined, from a field of the item', true, ID_FROM_ITEM],
	['one by one, from a field of the item', false, ID_FROM_ITEM],
	['combined, computed by n8n', true, COMPUTED],
];

test.each(WAYS)(
	'any ID is either sent as one segment below /v2/assets/ or not at all: %s',
	async (_way, combine, assetId) => {
		await fc.assert(
			fc.asyncProperty(anyIds, async (ids) => {
				expectEachSafe(ids, await lookUp(ids, combine, assetId));
			}),
			{ numRuns: 25 },
		);
	},
);

test('any typed ID is either sent as one segment below /v2/assets/ or not at all', async () => {
	// n8n itself rejects an empty field, and evaluates text that starts with =.
	const fixed = anyText.filter((id) => id !== '' && !id.startsWith('='));
	await fc.assert(
		fc.asyncProperty(fixed, async (id) => {
			const { found, failed, single } = await lookUp([], false, typeIn(id));
			const url = `/v2/assets/${encodeURIComponent(id.trim().toWellFormed())}`;
			expect(single.map((sent) => sent.url)).toEqual(found.map(() => url));
			expect([found.length, failed.length].sort()).toEqual([0, 2]);
		}),
		{ numRuns: 50 },
	);
});

test.each([true, false])(
	'IDs with special characters are sent as one path segment, combined: %s',
	async (combine) => {
		const ids = [
			'a/b',
			'../generate',
			'a?x=1',
			'a#b',
			'%2e%2e',
			'%2F..',
			'👄',
			'ä',
			'batch/',
			"it's(1)!*",
		];
		const { single, found } = await lookUp(ids, combine);
		expect(single.map(({ url }) => url).sort()).toEqual(
			ids.map((id) => `/v2/assets/${encodeURIComponent(id)}`).sort(),
		);
		expect(found).toHaveLength(ids.length + 2);
	},
);

test.each([true, false])('an ID is trimmed before it is sent, combined: %s', async (combine) => {
	const { single } = await lookUp(['  clip-1\n'], combine);
	expect(single.map(({ url }) => url)).toEqual(['/v2/assets/clip-1']);
});

const REJECTED: Array<[string, unknown, RegExp]> = [
	['empty', '', /^The asset ID is empty$/],
	['white space', ' \t\n', /^The asset ID is empty$/],
	['null', null, /^The asset ID is empty$/],
	['undefined', undefined, /^The asset ID is empty$/],
	['one dot', '.', /^“\.” is not an ID of an asset$/],
	['two dots', '..', /^“\.\.” is not an ID of an asset$/],
	['a route', 'batch', /^“batch” is not an ID of an asset$/],
	['a route in capitals', ' COUNT ', /^“COUNT” is not an ID of an asset$/],
	['a line break inside', 'a\nb', /^“a�b” is not an ID of an asset$/],
	['a zero byte', 'a\u0000', /^“a�” is not an ID of an asset$/],
	['half of an emoji', 'a\ud83d', /^“a�” is not an ID of an asset$/],
	['10 kB', 'x'.repeat(10_240), /^“x{40}…” is not an ID of an asset$/],
	['a number', 7, /^The asset ID is not text, but of type number$/],
	['not a number', NaN, /^The asset ID is not text, but of type number$/],
	['a boolean', false, /^The asset ID is not text, but of type boolean$/],
	['an object', { id: uuid(3) }, /^The asset ID is not text, but of type object$/],
	['a list', [uuid(3)], /^The asset ID is not text, but of type array$/],
];

describe.each(WAYS)('%s', (_way, combine, assetId) => {
	test.each(REJECTED)(
		'%s is rejected for its item only, and nothing is sent for it',
		async (_what, id, message) => {
			const { found, failed, single } = await lookUp([id], combine, assetId);
			const [{ json, pairedItem }] = failed;
			expect(pairedItem).toEqual({ item: 1 });
			expect(json.error).toMatchObject({
				message: expect.stringMatching(message) as string,
				statusCode: 0,
				errorCode: null,
				requestId: null,
			});
			expect(Object.keys(json.error as IDataObject)).toHaveLength(6);
			expect(single).toEqual([]);
			expect(found.map((item) => item.json.id)).toEqual(NEIGHBOURS);
		},
	);
});
