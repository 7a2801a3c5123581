import {
	type Asset,
	ASSET_FIELDS,
	isAsset,
	SIMPLE_ASSET_FIELDS,
	toAssetItem,
	toMissingAssetItem,
} from '../../nodes/shared/items/assetItem.ts';
import { SPEAKER } from './assets.mts';

const PLAIN = { simplify: false, withFound: false };
const SIMPLE = { simplify: true, withFound: false };
const WITH_FOUND = { simplify: false, withFound: true };

/** The example asset with values that its type does not allow. */
const buildSpeaker = (fields: Record<string, unknown>): Asset => ({ ...SPEAKER, ...fields });

describe('the item of an asset', () => {
	test('has the fields of the asset as the API sends them', () => {
		expect(toAssetItem(SPEAKER, PLAIN)).toStrictEqual({ ...SPEAKER });
	});

	test.each([
		['an integer', 'size', 8388608],
		['a fraction', 'durationSeconds', 12.48],
		['zero', 'durationSeconds', 0],
		['empty text', 'name', ''],
		['a date', 'createdAt', '2026-01-15T09:30:00.000Z'],
	])('keeps %s as it is', (_what, field, value) => {
		expect(toAssetItem(buildSpeaker({ [field]: value }), PLAIN)[field]).toBe(value);
	});

	test.each([[null], [undefined]])('has null where the API has %s', (value) => {
		expect(toAssetItem(buildSpeaker({ width: value }), PLAIN).width).toBeNull();
	});

	test('has null for every field that the API leaves out', () => {
		const nulls = Object.fromEntries(ASSET_FIELDS.map((field) => [field, null]));
		expect(toAssetItem({ id: 'a1' } as Asset, PLAIN)).toStrictEqual({ ...nulls, id: 'a1' });
	});

	test('has the documented fields in a fixed order, whatever order the API sends', () => {
		const reversed = Object.fromEntries(Object.entries(SPEAKER).reverse()) as unknown as Asset;
		expect(Object.keys(toAssetItem(reversed, PLAIN))).toEqual([...ASSET_FIELDS]);
	});

	test('appends undocumented fields', () => {
		const item = toAssetItem(buildSpeaker({ fps: 25, tags: ['a'] }), PLAIN);
		expect(Object.entries(item).slice(ASSET_FIELDS.length)).toEqual([
			['fps', 25],
			['tags', ['a']],
		]);
	});

	test('does not let a field named __proto__ change its prototype', () => {
		const asset = JSON.parse('{ "id": "a1", "__proto__": { "found": true } }') as Asset;
		expect(Object.getPrototypeOf(toAssetItem(asset, PLAIN))).toBe(Object.prototype);
	});
});

describe('Simplify', () => {
	test('keeps only the simple fields, in a fixed order', () => {
		expect(Object.keys(toAssetItem(SPEAKER, SIMPLE))).toEqual([...SIMPLE_ASSET_FIELDS]);
	});

	test('leaves out undocumented fields', () => {
		expect(toAssetItem(buildSpeaker({ fps: 25 }), SIMPLE)).not.toHaveProperty('fps');
	});

	test('keeps the found flag', () => {
		expect(toAssetItem(SPEAKER, { simplify: true, withFound: true })).toHaveProperty('found', true);
	});
});

describe('the found flag', () => {
	test('is true for an asset, right after its ID', () => {
		expect(Object.entries(toAssetItem(SPEAKER, WITH_FOUND)).slice(0, 2)).toEqual([
			['id', SPEAKER.id],
			['found', true],
		]);
	});

	test.each([
		['with', WITH_FOUND, true],
		['without', PLAIN, undefined],
	])('ignores a field of the same name in the response (%s the flag)', (_what, options, found) => {
		expect(toAssetItem(buildSpeaker({ found: 'no' }), options).found).toBe(found);
	});
});

describe('the item of a missing asset', () => {
	test.each([
		['all fields', WITH_FOUND, ASSET_FIELDS],
		['the simple fields', { simplify: true, withFound: true }, SIMPLE_ASSET_FIELDS],
	])('has its ID, found false, and null in all other fields (%s)', (_what, options, fields) => {
		const nulls = Object.fromEntries(fields.map((field) => [field, null]));
		expect(toMissingAssetItem('a1', options)).toStrictEqual({ ...nulls, id: 'a1', found: false });
	});
});

test.each([
	[true, 'an asset', SPEAKER],
	[true, 'an object that has only an ID', { id: 'a1' }],
	[false, 'an empty ID', { id: '' }],
	[false, 'a number as ID', { id: 7 }],
	[false, 'null as ID', { id: null }],
	[false, 'an error', { message: 'Asset not found', statusCode: 404 }],
	[false, 'an empty object', {}],
	[false, 'a list', [SPEAKER]],
	[false, 'text', 'id'],
	[false, 'nothing', ''],
	[false, 'null', null],
	[false, 'undefined', undefined],
	[false, 'a number', 7],
	[false, 'a function that has an ID', Object.assign(() => 0, { id: 'a1' })],
])('isAsset is %s for %s', (expected, _what, body) => {
	expect(isAsset(body)).toBe(expected);
});
