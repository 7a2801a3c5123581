import { ASSET_ROUTES } from '../../nodes/SyncAsset/asset/fields.ts';
import { GENERATION_ROUTES } from '../../nodes/SyncGeneration/fields.ts';
import { useFakeApi } from './fakeApi.mts';
import { OPERATIONS } from './allOperations.mts';
import { uuid } from '../unit/assets.mts';
import { runOperation } from './runOperation.mts';
import { FROM_ITEM, itemsForIds } from './workflows.mts';

const server = useFakeApi();
const GOOD = uuid(5);
const MISLEADING = [
	'../x',
	'a/b',
	'a?x=1',
	'a#b',
	'%2e%2e',
	'%2F..',
	'..\\x',
	'ä',
	'👄',
	"it's(1)!*",
];

/** A body as it was sent for the good ID, with another one in its place. */
const withId = (body: unknown, id: string): unknown =>
	body &&
	Object.fromEntries(
		Object.entries(body).map(([name, value]) => [name, value === GOOD ? id : value]),
	);

/** Every field of an operation that picks a thing by its ID. */
const FIELDS = OPERATIONS.filter(
	// Of 20 items or more, and with the fields of a generation.
	({ resource, operation }) => !(resource === 'batch' && operation === 'create'),
).flatMap(({ resource, operation, settings, items }) =>
	Object.entries(settings)
		.filter(([, value]) => typeof value === 'object' && value !== null && '__rl' in value)
		.map(([field]) => ({ resource, operation, field, settings, takesOne: items.length === 1 })),
);

/** What a field picks. */
const getThing = (field: string) => (field === 'projectAssetId' ? 'asset' : field.slice(0, -2));

/** Routes beside `{id}`, by resource. */
const ROUTES: Record<string, string[]> = { asset: ASSET_ROUTES, generation: GENERATION_ROUTES };

test('there are fields that pick things of every kind', () => {
	expect(FIELDS.length).toBeGreaterThan(9);
	expect(new Set(FIELDS.map(({ field }) => field))).toEqual(
		new Set(['assetId', 'batchId', 'generationId', 'projectAssetId', 'projectId', 'voiceId']),
	);
});

describe.each(FIELDS)(
	'$resource: $operation, $field',
	({ resource, field, settings, takesOne }) => {
		const thing = getThing(field);
		/** The key under which an error item names the ID. */
		const named = `${thing}Id`;

		/** Runs the operation for IDs, an item each, on a server that does nothing; gives what was sent. */
		async function runFor(...ids: unknown[]) {
			const { api } = server;
			api.sent.length = 0;
			api.respond = () => ({ status: 418, body: '' });
			const set = { ...settings, [field]: FROM_ITEM };
			const items = itemsForIds(...ids);
			const runs = takesOne ? items.map((item) => [item]) : [items];
			const results: Array<Awaited<ReturnType<typeof runOperation>>> = [];
			for (const run of runs) results.push(await runOperation(api, set, run));
			return {
				out: results.flatMap(({ out }) => out),
				errors: results.flatMap(({ errors }) => errors),
				sent: api.sent
					.map(({ method, url, body }) => ({ method, url, body }))
					// Before it clones a voice, the node lists those that exist.
					.filter(({ method }) => settings.operation !== 'clone' || method === 'POST'),
			};
		}

		test('an ID that could mislead is one segment of the address, or stays in the body', async () => {
			const [usual] = (await runFor(GOOD)).sent;
			const { errors, sent } = await runFor(...MISLEADING);
			const expected = MISLEADING.map((id) => ({
				method: usual.method,
				url: usual.url.replace(GOOD, encodeURIComponent(id)),
				body: withId(usual.body, id),
			}));
			expect(sent).toHaveLength(expected.length);
			expect(sent).toEqual(expect.arrayContaining(expected));
			expect(errors.map((error) => error[named])).toEqual(MISLEADING);
		});

		const routes = ROUTES[resource] ?? [];
		test.each<[unknown]>([
			[''],
			[null],
			[7],
			[{ id: GOOD }],
			['.'],
			['..'],
			['a\nb'],
			['x'.repeat(257)],
			...routes.map((route): [string] => [route]),
		])('%j is refused, and nothing is sent', async (id) => {
			const { out, errors, sent } = await runFor(id);
			expect(sent).toEqual([]);
			expect(out).toEqual([]);
			const message = expect.stringMatching(
				`(The ${thing} ID is|is not an ID of an? ${thing}$)`,
			) as unknown;
			const given = typeof id === 'string' ? id : JSON.stringify(id);
			expect(errors).toMatchObject([{ message, statusCode: 0, errorCode: null, [named]: given }]);
		});
	},
);
