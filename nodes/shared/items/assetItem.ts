import type { IDataObject } from 'n8n-workflow';
import type { components } from '../api';
import { unexpectedBodyError } from '../transport/errors';
import { hasId } from '../transport/pages';
import { toItem } from './toItem';

/** An asset as the API returns it. */
export type Asset = components['schemas']['Asset'];

/** Every documented field of an asset, in output order. */
export const ASSET_FIELDS = [
	'id',
	'name',
	'type',
	'durationSeconds',
	'format',
	'size',
	'width',
	'height',
	'url',
	'thumbnailUrl',
	'inputType',
	'visibility',
	'projectId',
	'createdAt',
	'updatedAt',
] as const;

/** The fields that Simplify keeps. */
export const SIMPLE_ASSET_FIELDS = [
	'id',
	'name',
	'type',
	'durationSeconds',
	'format',
	'size',
	'width',
	'height',
	'url',
	'createdAt',
] as const;

/** How to convert an asset to an item. */
export interface AssetItemOptions {
	simplify: boolean;
	/** Whether to add `found`, for operations that also return an item for a missing asset. */
	withFound: boolean;
}

/** Whether a response body is an asset: an object with an ID. */
export const isAsset = (body: unknown): body is Asset => hasId(body);

/** The asset in a response body. @throws FailureError if there is none */
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

/**
 * The output for an asset: every documented field, `null` if the API left it out. Unknown fields are kept, except by
 * Simplify.
 */
export const toAssetItem = (asset: Asset, options: AssetItemOptions): IDataObject =>
	buildAssetItem(asset, true, options);

/** The output for a missing asset: its ID, `found: false`, and `null` for every other field. */
export const toMissingAssetItem = (id: string | null, options: AssetItemOptions): IDataObject =>
	buildAssetItem({ id }, false, options);
