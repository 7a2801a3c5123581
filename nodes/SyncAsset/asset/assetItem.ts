import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';

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
export function isAsset(body: unknown): body is Asset {
	const { id } = (body ?? {}) as { id?: unknown };
	return typeof body === 'object' && typeof id === 'string' && id !== '';
}

function toItem(
	asset: { id: string; [field: string]: unknown },
	found: boolean,
	{ simplify, withFound }: AssetItemOptions,
): IDataObject {
	const fields = simplify ? SIMPLE_ASSET_FIELDS : ASSET_FIELDS;
	return {
		id: asset.id,
		...(withFound && { found }),
		...Object.fromEntries(fields.map((field) => [field, asset[field] ?? null])),
		...(!simplify && unknownFields(asset)),
	} as IDataObject;
}

function unknownFields(asset: Record<string, unknown>): Record<string, unknown> {
	const known: readonly string[] = [...ASSET_FIELDS, 'found'];
	return Object.fromEntries(Object.entries(asset).filter(([field]) => !known.includes(field)));
}

/** The output of an asset: every documented field, `null` where the API left it out; unknown fields as they are. */
export const foundItem = (asset: Asset, options: AssetItemOptions): IDataObject =>
	toItem(asset, true, options);

/** The output for an asset that does not exist: its ID, `found: false`, and `null` for every other field. */
export const missingItem = (id: string, options: AssetItemOptions): IDataObject =>
	toItem({ id }, false, options);
