import { RESERVED_ASSET_IDS } from '../../nodes/SyncAsset/asset/fields.ts';
import { RESERVED_GENERATION_IDS } from '../../nodes/SyncGeneration/fields.ts';
import { uuid } from '../unit/assets.mts';
import { useFakeApi } from './fakeApi.mts';
import { getErrorField, ID_FIELDS as FIELDS, withIdFromItem } from './idFields.mts';
import { runOperation } from './runOperation.mts';
import { inputsForIds } from './workflows.mts';

const server = useFakeApi();
const GOOD = uuid(5);
const SPECIAL = ['../x', 'a/b', 'a?x=1', 'a#b', '%2e%2e', '%2F..', '..\\x', 'ä', '👄', "it's(1)!*"];

/** Replaces the valid ID in a body. */
const replaceId = (body: unknown, id: string): unknown =>
	body &&
	Object.fromEntries(
		Object.entries(body).map(([name, value]) => [name, value === GOOD ? id : value]),
	);

/** The kind of resource that a field identifies, e.g. `dialogue edit`. */
const getKind = (field: string) =>
	getErrorField(field)
		.slice(0, -2)
		.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The routes next to `{id}`, by resource. */
const ROUTES: Record<string, string[]> = {
	asset: RESERVED_ASSET_IDS,
	generation: RESERVED_GENERATION_IDS,
};

test('the ID fields of all resources are found', () => {
	expect(FIELDS.length).toBeGreaterThan(9);
	expect(new Set(FIELDS.map(({ field }) => field))).toEqual(
		new Set([
			'assetId',
			'batchId',
			'dialogueEditId',
			'generationId',
			'projectAssetId',
			'projectId',
			'transcriptionId',
			'voiceId',
		]),
	);
});

describe.each(FIELDS)(
	'$resource: $operation, $field',
	({ resource, field, settings, takesOne }) => {
		const kind = getKind(field);
		/** The field of an error item with the ID. */
		const named = getErrorField(field);

		/** Runs the operation with one item for each ID, on a server that rejects every request. */
		async function runWithIds(...ids: unknown[]) {
			const { api } = server;
			api.sent.length = 0;
			api.respond = () => ({ status: 418, body: '' });
			const set = withIdFromItem(settings, field);
			const items = inputsForIds(...ids);
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

		test('an ID with special characters is one path segment or a value in the body', async () => {
			const [usual] = (await runWithIds(GOOD)).sent;
			const { errors, sent } = await runWithIds(...SPECIAL);
			const expected = SPECIAL.map((id) => ({
				method: usual.method,
				url: usual.url.replace(GOOD, encodeURIComponent(id)),
				body: replaceId(usual.body, id),
			}));
			expect(sent).toHaveLength(expected.length);
			expect(sent).toEqual(expect.arrayContaining(expected));
			expect(errors.map((error) => error[named])).toEqual(SPECIAL);
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
		])('%j is rejected, and nothing is sent', async (id) => {
			const { out, errors, sent } = await runWithIds(id);
			expect(sent).toEqual([]);
			expect(out).toEqual([]);
			const message = expect.stringMatching(
				`(The ${kind} ID is|is not an ID of an? ${kind}$)`,
			) as unknown;
			const given = typeof id === 'string' ? id : JSON.stringify(id);
			expect(errors).toMatchObject([{ message, statusCode: 0, errorCode: null, [named]: given }]);
		});
	},
);
