import { parse } from 'yaml';
import type { Asset } from '../../nodes/shared/items/assetItem.ts';
import {
	ASSET_FIELDS,
	toAssetItem,
	toMissingAssetItem,
	SIMPLE_ASSET_FIELDS,
} from '../../nodes/shared/items/assetItem.ts';
import { readText } from './repository.mts';
import { SPEAKER } from '../unit/assets.mts';

interface Schema {
	properties: Record<string, { type: string | string[] }>;
	required?: string[];
}

const contract = (
	parse(readText('api/openapi.yaml')) as { components: { schemas: { Asset: Schema } } }
).components.schemas.Asset;
const preview = JSON.parse(readText('nodes/SyncAsset/__schema__/v1.0.0/asset/get.json')) as Schema;

const options = { simplify: false, withFound: false };

const isOfType = (value: unknown, type: string): boolean => {
	if (type === 'null') return value === null;
	if (type === 'integer') return Number.isInteger(value);
	return typeof value === type;
};

/** Finds the fields of an item that are missing or do not have the type of the schema preview. */
const findMismatches = (item: Record<string, unknown>): string[] =>
	Object.entries(preview.properties)
		.filter(([field, { type }]) => ![type].flat().some((one) => isOfType(item[field], one)))
		.map(([field]) => field);

const isRequired = ([field]: [string, unknown]): boolean =>
	(contract.required ?? []).includes(field);

const bareAsset = Object.fromEntries(Object.entries(SPEAKER).filter(isRequired)) as Asset;

test('the output has exactly the fields of an asset in the contract', () => {
	expect([...ASSET_FIELDS].sort()).toEqual(Object.keys(contract.properties).sort());
});

test('Simplify keeps only fields of an asset', () => {
	expect(ASSET_FIELDS).toEqual(expect.arrayContaining([...SIMPLE_ASSET_FIELDS]));
});

test('Simplify keeps at most ten fields', () => {
	expect(SIMPLE_ASSET_FIELDS.length).toBeLessThanOrEqual(10);
});

test('the item of a complete asset matches the schema preview', () => {
	expect(findMismatches(toAssetItem(SPEAKER, options))).toEqual([]);
});

test('the item of an asset with only the required fields matches the schema preview', () => {
	expect(findMismatches(toAssetItem(bareAsset, options))).toEqual([]);
});

test('the item of a missing asset has every field of the schema preview', () => {
	const item = toMissingAssetItem(SPEAKER.id, { ...options, withFound: true });
	expect(Object.keys(item)).toEqual(expect.arrayContaining(Object.keys(preview.properties)));
});
