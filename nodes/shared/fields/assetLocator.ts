import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { components } from '../api';
import {
	createLocator,
	joinLabel,
	pageQuery,
	searchList,
	toDateLabel,
	toLengthLabel,
	toLink,
} from './locator';

type Asset = components['schemas']['Asset'];

const TYPE_NAMES: Record<string, string> = { AUDIO: 'Audio', IMAGE: 'Image', VIDEO: 'Video' };

const commonSettings = {
	required: true,
	description:
		"The video, audio or image file in your sync.so account. 'By ID' takes an asset ID, e.g. 550e8400-e29b-41d4-a716-446655440000.",
	placeholder: 'Select an asset…',
};

/**
 * Creates a field that selects an asset from a list or by ID.
 *
 * @param searchListMethod the name of one of the search functions below
 */
export const createAssetLocator = (displayName: string, name: string, searchListMethod: string) =>
	createLocator({ ...commonSettings, displayName, name, searchListMethod });

/** The field of operations on one asset. */
export const assetLocator = createAssetLocator('Asset', 'assetId', 'searchAssets');

/** The label in the list: `speaker.mp4 (Video)`, or `Unnamed video · 0:12 · 2026-01-15 09:30` without a name. */
function toLabel({ name, type, durationSeconds, createdAt }: Partial<Asset>): string {
	const typeName = type ? (TYPE_NAMES[type] ?? type) : 'Asset';
	if (name) return `${name} (${typeName})`;
	return joinLabel(
		`Unnamed ${typeName.toLowerCase()}`,
		toLengthLabel(durationSeconds),
		toDateLabel(createdAt),
	);
}

/**
 * Creates a function that fills the list of an asset field.
 *
 * @param types the types to list; none means all
 */
function createAssetSearch(...types: Array<Asset['type']>) {
	/**
	 * Lists the newest assets first, or those whose name matches the filter.
	 *
	 * @throws NodeApiError if the assets can't be listed; n8n shows it in the list
	 */
	return async function search(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const query = {
			...pageQuery(paginationToken),
			sortBy: 'dateDesc',
			...(types.length > 0 && { types: types.join(',') }),
			...(filter && { searchQuery: filter }),
		};
		return await searchList(this, '/v2/assets', query, (asset: Asset) => ({
			name: toLabel(asset),
			value: asset.id,
			url: toLink(asset.url),
		}));
	};
}

/** Fills the list of a field for any asset. */
export const searchAssets = createAssetSearch();

/** Fills the list of a field for a video or an image. */
export const searchVisualAssets = createAssetSearch('VIDEO', 'IMAGE');

/** Fills the list of a field for audio. Includes videos, which have audio too. */
export const searchAudioAssets = createAssetSearch('AUDIO', 'VIDEO');
