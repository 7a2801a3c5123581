import { parse } from 'yaml';
import type { Asset } from '../../nodes/shared/items/assetItem.ts';
import {
	ASSET_FIELDS,
	toAssetItem,
	toMissingAssetItem,
	SIMPLE_ASSET_FIELDS,
} from '../../nodes/shared/items/assetItem.ts';
import { SPEAKER } from '../unit/answers.mts';
import { textOf } from './project.mts';

interface Schema {
	properties: Record<string, { type: string | string[] }>;
	required?: string[];
}

const contract = (
	parse(textOf('api/openapi.yaml')) as { components: { schemas: { Asset: Schema } } }
).components.schemas.Asset;
const preview = JSON.parse(textOf('nodes/SyncAsset/__schema__/v1.0.0/asset/get.json')) as Schema;

const options = { simplify: false, withFound: false };

const isOfType = (value: unknown, type: string): boolean => {
	if (type === 'null') return value === null;
	if (type === 'integer') return Number.isInteger(value);
	return typeof value === type;
};

/** The fields of an item that are missing or of another type than the schema preview promises. */
const brokenPromises = (item: Record<string, unknown>): string[] =>
	Object.entries(preview.properties)
		.filter(([field, { type }]) => ![type].flat().some((one) => isOfType(item[field], one)))
		.map(([field]) => field);

const isRequired = ([field]: [string, unknown]): boolean =>
	(contract.required ?? []).includes(field);

const bareAsset = Object.fromEntries(Object.entries(SPEAKER).filter(isRequired)) as Asset;

test('the output has the fields that the contract gives an asset, none more, none less', () => {
	expect([...ASSET_FIELDS].sort()).toEqual(Object.keys(contract.properties).sort());
});

test('Simplify leaves only fields that an asset has', () => {
	expect(ASSET_FIELDS).toEqual(expect.arrayContaining([...SIMPLE_ASSET_FIELDS]));
});

test('Simplify leaves at most ten fields', () => {
	expect(SIMPLE_ASSET_FIELDS.length).toBeLessThanOrEqual(10);
});

test('the item of a full asset keeps what the schema preview promises', () => {
	expect(brokenPromises(toAssetItem(SPEAKER, options))).toEqual([]);
});

test('the item of an asset with only the required fields keeps what the schema preview promises', () => {
	expect(brokenPromises(toAssetItem(bareAsset, options))).toEqual([]);
});

test('the item of a missing asset has every field that the schema preview promises', () => {
	const item = toMissingAssetItem(SPEAKER.id, { ...options, withFound: true });
	expect(Object.keys(item)).toEqual(expect.arrayContaining(Object.keys(preview.properties)));
});
