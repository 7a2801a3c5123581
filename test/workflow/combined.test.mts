import type { INodeParameters, IRun, NodeApiError } from 'n8n-workflow';
import { failureFromResponse } from '../../nodes/shared/transport/errors.ts';
import { asResponse, assetWith, REPLIES, uuid } from '../unit/answers.mts';
import type { Answer, Library } from './api.mts';
import { answersFrom, useApi } from './api.mts';
import { runWorkflow } from './harness.mts';
import type { OnError } from './workflows.mts';
import { GET, getWorkflow, itemsWith } from './workflows.mts';

const server = useApi();
const BATCH = 'POST /v2/assets/batch';
const single = (id: string) => `GET /v2/assets/${id}`;
const uuids = (count: number) => Array.from({ length: count }, (_value, index) => uuid(index));
const libraryOf = (ids: string[]): Library =>
	Object.fromEntries(ids.map((id) => [id, assetWith(id)]));

async function lookUp(ids: unknown[], parameters: INodeParameters = {}, onError?: OnError) {
	const json = getWorkflow(parameters, onError);
	return await runWorkflow(json, itemsWith(...ids), server.api.credential);
}

/** Answers combined look-ups with `answer` and single ones from the library. */
const batchesGet = (answer: Answer, library: Library) => {
	const others = answersFrom(library);
	server.api.answer = (sent) => (sent.method === 'POST' ? answer : others(sent));
};

describe('requests', () => {
	test('250 items make three requests of up to 100 IDs, in the order of the items', async () => {
		const ids = uuids(250);
		server.api.answer = answersFrom(libraryOf(ids));
		const { items } = await lookUp(ids);
		expect(server.api.lines).toEqual([BATCH, BATCH, BATCH]);
		const asked = server.api.sent.map((sent) => sent.ids).sort((a, b) => (a[0] < b[0] ? -1 : 1));
		expect(asked).toEqual([ids.slice(0, 100), ids.slice(100, 200), ids.slice(200)]);
		expect(items(GET).map(({ json }) => json.id)).toEqual(ids);
	});

	test('an ID that many items share is asked for once', async () => {
		const ids = uuids(60);
		server.api.answer = answersFrom(libraryOf(ids));
		const { items } = await lookUp([...ids, ...ids, ...ids]);
		expect(server.api.sent.map((sent) => sent.ids)).toEqual([ids]);
		expect(items(GET).map(({ json }) => json.id)).toEqual([...ids, ...ids, ...ids]);
	});

	test('a missing ID that many items share is asked for singly once', async () => {
		server.api.answer = answersFrom(libraryOf([uuid(1)]));
		const { items } = await lookUp([uuid(1), uuid(2), uuid(2), uuid(2)]);
		expect(server.api.lines).toEqual([BATCH, single(uuid(2))]);
		expect(items(GET, 1)).toHaveLength(3);
	});

	test('items that all share one ID make one single request', async () => {
		server.api.answer = answersFrom(libraryOf([uuid(1)]));
		await lookUp([uuid(1), uuid(1), ` ${uuid(1)}\n`]);
		expect(server.api.lines).toEqual([single(uuid(1))]);
	});

	describe.each(['error', 'returnItem'])('when If Asset Is Missing is %s', (ifMissing) => {
		const single404s = () => server.api.lines.filter((line) => line !== BATCH);
		const present = uuids(130).filter((_id, index) => index % 2 === 0);
		const missing = uuids(130).filter((_id, index) => index % 2 !== 0);

		test('up to ten IDs that a combined look-up leaves out are asked for singly', async () => {
			server.api.answer = answersFrom(libraryOf([uuid(1), uuid(3)]));
			const { items } = await lookUp([uuid(1), uuid(2), uuid(3), uuid(4)], { ifMissing });
			expect(server.api.lines[0]).toBe(BATCH);
			expect(single404s().sort()).toEqual([single(uuid(2)), single(uuid(4))]);
			const facts = [...items(GET), ...items(GET, 1)].filter(({ json }) => !json.url);
			expect(facts).toHaveLength(2);
		});

		test('if the API knows none of those ten, the others are taken for missing too', async () => {
			server.api.answer = answersFrom(libraryOf(present));
			const { items } = await lookUp([...present, ...missing], { ifMissing });
			expect(server.api.lines.filter((line) => line === BATCH)).toHaveLength(2);
			expect(single404s()).toHaveLength(10);
			expect(items(GET).filter(({ json }) => json.url)).toHaveLength(present.length);
			const words = [...items(GET), ...items(GET, 1)].filter(({ json }) => !json.url);
			expect(words).toHaveLength(missing.length);
			if (ifMissing === 'error') {
				expect(words.map(({ json }) => json.error)).toEqual(
					missing.map((assetId) => ({
						...failureFromResponse(asResponse(REPLIES.notFound)),
						assetId,
					})),
				);
			}
		});

		test('if the API has another answer to one of them, every ID is asked for singly', async () => {
			const hidden = Object.fromEntries(missing.map((id) => [id, REPLIES.forbidden]));
			server.api.answer = answersFrom({ ...libraryOf(present), ...hidden });
			const { items } = await lookUp([...present, ...missing], { ifMissing });
			expect(single404s().sort()).toEqual(missing.map(single));
			expect(items(GET, 1).map(({ json }) => json.error)).toEqual(
				missing.map((assetId) => expect.objectContaining({ statusCode: 403, assetId }) as unknown),
			);
		});
	});

	test('IDs that are no UUIDs are asked for singly: one of them would fail the others', async () => {
		server.api.answer = answersFrom(libraryOf([uuid(1), uuid(2), 'legacy-7']));
		const { items } = await lookUp([uuid(1), 'legacy-7', uuid(2)]);
		expect(server.api.sent.map((sent) => sent.ids).filter((ids) => ids.length)).toEqual([
			[uuid(1), uuid(2)],
		]);
		expect(server.api.lines.sort()).toEqual([single('legacy-7'), BATCH]);
		expect(items(GET).map(({ json }) => json.id)).toEqual([uuid(1), 'legacy-7', uuid(2)]);
	});

	test('Combine Lookups off: one request an item', async () => {
		const ids = uuids(12);
		server.api.answer = answersFrom(libraryOf(ids));
		await lookUp(ids, { options: { combineLookups: false } });
		expect(server.api.lines.sort()).toEqual(ids.map(single));
	});
});

describe('where combined look-ups do not work', () => {
	const ids = uuids(3);
	const refusals = [400, 403, 404, 405, 409, 422, 501];
	const noLists: Array<[string, object | string]> = [
		['an object', { items: [] }],
		['text', 'Welcome'],
		['nothing', ''],
		['a list of other things', [{ name: 'no ID' }]],
	];

	test.each(refusals)('status %i: every ID is asked for singly', async (status) => {
		batchesGet({ status, body: { message: 'No', statusCode: status } }, libraryOf(ids));
		const { items } = await lookUp(ids);
		expect(server.api.lines[0]).toBe(BATCH);
		expect(server.api.lines.slice(1).sort()).toEqual(ids.map(single));
		expect(items(GET).map(({ json }) => json.id)).toEqual(ids);
	});

	test.each(noLists)('200 with %s: every ID is asked for singly', async (_name, body) => {
		batchesGet({ status: 200, body }, libraryOf(ids));
		const { items } = await lookUp(ids);
		expect(items(GET).map(({ json }) => json.id)).toEqual(ids);
	});

	test.each(['keyInvalid', 'rateLimited', 'internalError', 'badGateway'] as const)(
		'%s: every item fails with it, and nothing more is sent',
		async (name) => {
			const statusCode = REPLIES[name].status;
			batchesGet(REPLIES[name], libraryOf(ids));
			const { items } = await lookUp(ids);
			expect(server.api.lines).toEqual([BATCH]);
			expect(items(GET, 1).map(({ json }) => json.error)).toEqual(
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
		['130 items with missing, invalid and hostile ones in between', mixed],
		['assets that all exist', found],
		['assets that are all missing', missing],
	];

	/** What tells the error of one run from another's, except for the time. */
	function factsOf(run: IRun) {
		const { message, description, context, httpCode } = (run.data.resultData.error ??
			{}) as Partial<NodeApiError>;
		return { message, description, context, httpCode };
	}

	/** Answers combined look-ups in another order than asked. */
	function serve() {
		const answer = answersFrom(libraryOf(present));
		server.api.answer = (sent) => {
			const reply = answer(sent);
			if (typeof reply === 'object' && Array.isArray(reply.body)) reply.body.reverse();
			return reply;
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
			// An ID that is refused stops the workflow before anything is sent.
			const stopsAtOnce = onError === 'stopWorkflow' && ids === mixed;
			expect(server.api.lines.includes(BATCH)).toBe(!stopsAtOnce);
			const off = { ...parameters, options: { combineLookups: false } };
			const singly = await lookUp(ids, off, onError);
			for (const output of [0, 1]) {
				expect(combined.items(GET, output)).toEqual(singly.items(GET, output));
			}
			const [error, expected] = [combined, singly].map(({ run }) => factsOf(run));
			expect(error).toEqual(expected);
		});
	});
});
