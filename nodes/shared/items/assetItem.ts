import type { IDataObject } from 'n8n-workflow';
import type { components } from '../api';
import { unexpectedBodyError } from '../transport/errors';
import { hasId } from '../transport/pages';
import { toItem } from './item';

/** An asset as the API sends it. */
export type Asset = components['schemas']['Asset'];

/** Every documented field of an asset, in the order of the output. */
export const ASSET_FIELDS = [
	'id',
	'createdAt',
	'updatedAt',
	'type',
	'visibility',
	'name',
	'url',
	'size',
	'format',
	'inputType',
	'durationSeconds',
	'thumbnailUrl',
	'width',
	'height',
	'projectId',
] as const;

/** The fields that Simplify leaves. */
export const SIMPLE_ASSET_FIELDS = [
	'id',
	'name',
	'type',
	'format',
	'durationSeconds',
	'size',
	'width',
	'height',
	'url',
	'createdAt',
] as const;

/** How an asset becomes an item. */
export interface AssetItemOptions {
	simplify: boolean;
	/** Whether the item says that the asset was found; for nodes that give an item for missing ones too. */
	withFound: boolean;
}

/** Whether a body from the API is an asset: an object with an ID. */
export const isAsset = (body: unknown): body is Asset => hasId(body);

/** The asset in an answer. @throws FailureError when it holds none */
export function parseAsset(body: unknown): Asset {
	if (isAsset(body)) return body;
	throw unexpectedBodyError('an asset', body);
}

function buildAssetItem(
	asset: { id: string | null; [field: string]: unknown },
	found: boolean,
	{ simplify, withFound }: AssetItemOptions,
): IDataObject {
	const fields = simplify
		? Object.fromEntries(SIMPLE_ASSET_FIELDS.map((field) => [field, asset[field] ?? null]))
		: toItem(asset, ASSET_FIELDS, ['found']);
	return { id: asset.id, ...(withFound && { found }), ...fields } as IDataObject;
}

/** The output of an asset: every documented field, `null` where the API left it out; unknown fields as they are. */
export const toAssetItem = (asset: Asset, options: AssetItemOptions): IDataObject =>
	buildAssetItem(asset, true, options);

/** The output for an asset that does not exist: its ID, `found: false`, and `null` for every other field. */
export const toMissingAssetItem = (id: string | null, options: AssetItemOptions): IDataObject =>
	buildAssetItem({ id }, false, options);
