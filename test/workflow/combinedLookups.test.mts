import type { INodeParameters, IRun, NodeApiError } from 'n8n-workflow';

import { failureFromResponse } from '../../nodes/shared/transport/errors.ts';
import { buildAssetWithId, uuid, uuids } from '../unit/assets.mts';
import { RESPONSES, toFullResponse } from '../unit/responses.mts';
import { runWorkflow } from './engine.mts';
import { type FakeResponse, type Library, serveAssets, useFakeApi } from './fakeApi.mts';
import { buildGetWorkflow, inputsForIds, type OnError, SYNC_NODE } from './workflows.mts';

const server = useFakeApi();
const BATCH = 'POST /v2/assets/batch';
const singleLookup = (id: string) => `GET /v2/assets/${id}`;
const buildLibrary = (ids: string[]): Library =>
	Object.fromEntries(ids.map((id) => [id, buildAssetWithId(id)]));

async function lookUp(ids: unknown[], parameters: INodeParameters = {}, onError?: OnError) {
	const json = buildGetWorkflow(parameters, onError);
	return await runWorkflow(json, inputsForIds(...ids), server.api.credential);
}

/** Answers combined lookups with `response`, and single ones from the library. */
const respondToBatches = (response: FakeResponse, library: Library) => {
	const others = serveAssets(library);
	server.api.respond = (sent) => (sent.method === 'POST' ? response : others(sent));
};

describe('requests', () => {
	test('250 items send three requests with up to 100 IDs each, in the order of the items', async () => {
		const ids = uuids(250);
		server.api.respond = serveAssets(buildLibrary(ids));
		const { getItems } = await lookUp(ids);
		expect(server.api.requestLines).toEqual([BATCH, BATCH, BATCH]);
		const requested = server.api.sent
			.map((sent) => sent.ids)
			.sort((a, b) => (a[0] < b[0] ? -1 : 1));
		expect(requested).toEqual([ids.slice(0, 100), ids.slice(100, 200), ids.slice(200)]);
		expect(getItems(SYNC_NODE).map(({ json }) => json.id)).toEqual(ids);
	});

	test('an ID that many items share is requested once', async () => {
		const ids = uuids(60);
		server.api.respond = serveAssets(buildLibrary(ids));
		const { getItems } = await lookUp([...ids, ...ids, ...ids]);
		expect(server.api.sent.map((sent) => sent.ids)).toEqual([ids]);
		expect(getItems(SYNC_NODE).map(({ json }) => json.id)).toEqual([...ids, ...ids, ...ids]);
	});

	test('a missing ID that many items share is requested individually once', async () => {
		server.api.respond = serveAssets(buildLibrary([uuid(1)]));
		const { getItems } = await lookUp([uuid(1), uuid(2), uuid(2), uuid(2)]);
		expect(server.api.requestLines).toEqual([BATCH, singleLookup(uuid(2))]);
		expect(getItems(SYNC_NODE, 1)).toHaveLength(3);
	});

	test('items that all share one ID send one single request', async () => {
		server.api.respond = serveAssets(buildLibrary([uuid(1)]));
		await lookUp([uuid(1), uuid(1), ` ${uuid(1)}\n`]);
		expect(server.api.requestLines).toEqual([singleLookup(uuid(1))]);
	});

	describe.each(['error', 'returnItem'])('when If Asset Is Missing is %s', (ifMissing) => {
		const listSingleLookups = () => server.api.requestLines.filter((line) => line !== BATCH);
		const present = uuids(130).filter((_id, index) => index % 2 === 0);
		const missing = uuids(130).filter((_id, index) => index % 2 !== 0);

		test('up to ten IDs that a combined lookup leaves out are requested individually', async () => {
			server.api.respond = serveAssets(buildLibrary([uuid(1), uuid(3)]));
			const { getItems } = await lookUp([uuid(1), uuid(2), uuid(3), uuid(4)], { ifMissing });
			expect(server.api.requestLines[0]).toBe(BATCH);
			expect(listSingleLookups().sort()).toEqual([singleLookup(uuid(2)), singleLookup(uuid(4))]);
			const incomplete = [...getItems(SYNC_NODE), ...getItems(SYNC_NODE, 1)].filter(
				({ json }) => !json.url,
			);
			expect(incomplete).toHaveLength(2);
		});

		test('if all ten are missing, the others are reported as missing too', async () => {
			server.api.respond = serveAssets(buildLibrary(present));
			const { getItems } = await lookUp([...present, ...missing], { ifMissing });
			expect(server.api.requestLines.filter((line) => line === BATCH)).toHaveLength(2);
			expect(listSingleLookups()).toHaveLength(10);
			expect(getItems(SYNC_NODE).filter(({ json }) => json.url)).toHaveLength(present.length);
			const incomplete = [...getItems(SYNC_NODE), ...getItems(SYNC_NODE, 1)].filter(
				({ json }) => !json.url,
			);
			expect(incomplete).toHaveLength(missing.length);
			if (ifMissing === 'error') {
				expect(incomplete.map(({ json }) => json.error)).toEqual(
					missing.map((assetId) => ({
						...failureFromResponse(toFullResponse(RESPONSES.notFound)),
						assetId,
					})),
				);
			}
		});

		test('if one of the ten is not missing, every ID is requested individually', async () => {
			const hidden = Object.fromEntries(missing.map((id) => [id, RESPONSES.forbidden]));
			server.api.respond = serveAssets({ ...buildLibrary(present), ...hidden });
			const { getItems } = await lookUp([...present, ...missing], { ifMissing });
			expect(listSingleLookups().sort()).toEqual(missing.map(singleLookup));
			expect(getItems(SYNC_NODE, 1).map(({ json }) => json.error)).toEqual(
				missing.map((assetId) => expect.objectContaining({ statusCode: 403, assetId }) as unknown),
			);
		});
	});

	test('IDs that are not UUIDs are requested individually, because one of them would make the others fail', async () => {
		server.api.respond = serveAssets(buildLibrary([uuid(1), uuid(2), 'legacy-7']));
		const { getItems } = await lookUp([uuid(1), 'legacy-7', uuid(2)]);
		expect(server.api.sent.map((sent) => sent.ids).filter((ids) => ids.length)).toEqual([
			[uuid(1), uuid(2)],
		]);
		expect(server.api.requestLines.sort()).toEqual([singleLookup('legacy-7'), BATCH]);
		expect(getItems(SYNC_NODE).map(({ json }) => json.id)).toEqual([uuid(1), 'legacy-7', uuid(2)]);
	});

	test('without Combine Lookups, each item sends its own request', async () => {
		const ids = uuids(12);
		server.api.respond = serveAssets(buildLibrary(ids));
		await lookUp(ids, { options: { combineLookups: false } });
		expect(server.api.requestLines.sort()).toEqual(ids.map(singleLookup));
	});
});

describe('if combined lookups do not work', () => {
	const ids = uuids(3);
	const statuses = [400, 403, 404, 405, 409, 422, 501];
	const notLists: Array<[string, object | string]> = [
		['an object', { items: [] }],
		['text', 'Welcome'],
		['nothing', ''],
		['a list of other things', [{ name: 'no ID' }]],
	];

	test.each(statuses)('after status %i, every ID is requested individually', async (status) => {
		respondToBatches({ status, body: { message: 'No', statusCode: status } }, buildLibrary(ids));
		const { getItems } = await lookUp(ids);
		expect(server.api.requestLines[0]).toBe(BATCH);
		expect(server.api.requestLines.slice(1).sort()).toEqual(ids.map(singleLookup));
		expect(getItems(SYNC_NODE).map(({ json }) => json.id)).toEqual(ids);
	});

	test.each(notLists)(
		'after a 200 with %s, every ID is requested individually',
		async (_name, body) => {
			respondToBatches({ status: 200, body }, buildLibrary(ids));
			const { getItems } = await lookUp(ids);
			expect(getItems(SYNC_NODE).map(({ json }) => json.id)).toEqual(ids);
		},
	);

	test.each(['keyInvalid', 'rateLimited', 'internalError', 'badGateway'] as const)(
		'after %s, every item fails and nothing more is sent',
		async (name) => {
			const statusCode = RESPONSES[name].status;
			respondToBatches(RESPONSES[name], buildLibrary(ids));
			const { getItems } = await lookUp(ids);
			expect(server.api.requestLines).toEqual([BATCH]);
			expect(getItems(SYNC_NODE, 1).map(({ json }) => json.error)).toEqual(
				ids.map((assetId) => expect.objectContaining({ statusCode, assetId }) as unknown),
			);
		},
	);
});

describe('the output is the same as with Combine Lookups off', () => {
	const BAD = ['batch', '..', '', null, 7, { id: uuid(1) }, 'a?b', uuid(0).toUpperCase()];
	const present = uuids(130).filter((_id, index) => index % 10 !== 3);
	const mixed = uuids(130).flatMap((id, index) =>
		index % 12 === 5 ? [id, BAD[(index / 12) % BAD.length | 0]] : [id],
	);
	const [found, missing] = [present.slice(0, 3), [uuid(3), uuid(13)]];
	const fixtures: Array<[string, unknown[]]> = [
		['130 items, some of them with missing, invalid or hostile IDs', mixed],
		['assets that all exist', found],
		['assets that are all missing', missing],
	];

	/** Picks everything from the error of a run that does not depend on the time. */
	function pickErrorFacts(run: IRun) {
		const { message, description, context, httpCode } = (run.data.resultData.error ??
			{}) as Partial<NodeApiError>;
		return { message, description, context, httpCode };
	}

	/** Answers combined lookups in reverse order. */
	function serve() {
		const respond = serveAssets(buildLibrary(present));
		server.api.respond = (sent) => {
			const response = respond(sent);
			if (typeof response === 'object' && Array.isArray(response.body)) response.body.reverse();
			return response;
		};
	}

	describe.each(fixtures)('%s', (_name, ids) => {
		const settings: Array<[OnError, INodeParameters]> = [
			['continueErrorOutput', {}],
			['continueErrorOutput', { ifMissing: 'returnItem' }],
			['continueRegularOutput', { simplify: true }],
			['continueRegularOutput', { simplify: true, ifMissing: 'returnItem' }],
			['stopWorkflow', {}],
			['stopWorkflow', { ifMissing: 'returnItem' }],
		];

		test.each(settings)('On Error: %s, %j', async (onError, parameters) => {
			serve();
			const combined = await lookUp(ids, parameters, onError);
			// An invalid ID stops the workflow before anything is sent.
			const stopsImmediately = onError === 'stopWorkflow' && ids === mixed;
			expect(server.api.requestLines.includes(BATCH)).toBe(!stopsImmediately);
			const off = { ...parameters, options: { combineLookups: false } };
			const singly = await lookUp(ids, off, onError);
			for (const output of [0, 1]) {
				expect(combined.getItems(SYNC_NODE, output)).toEqual(singly.getItems(SYNC_NODE, output));
			}
			const [error, expected] = [combined, singly].map(({ run }) => pickErrorFacts(run));
			expect(error).toEqual(expected);
		});
	});
});
