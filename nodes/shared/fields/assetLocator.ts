import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { components } from '../api';
import { createLocator, pageQuery, searchList } from './locator';

const TYPE_NAMES: Record<string, string> = { AUDIO: 'Audio', IMAGE: 'Image', VIDEO: 'Video' };

const field = {
	required: true,
	description:
		'The asset: a video, audio or image file in the sync.so account. By ID takes the asset ID, e.g. 550e8400-e29b-41d4-a716-446655440000.',
	placeholder: 'Select an asset…',
};

/** A field that picks an asset, by list or by ID. @param searchListMethod what fills the list, of those below */
export const createAssetLocator = (displayName: string, name: string, searchListMethod: string) =>
	createLocator({ ...field, displayName, name, searchListMethod });

/** The one of operations that are about one asset. */
export const assetLocator = createAssetLocator('Asset', 'assetId', 'searchAssets');

/** Makes a function that fills the list of a field for assets. @param types the only ones in it; none: all */
function createAssetSearch(...types: Array<components['schemas']['AssetType']>) {
	/**
	 * Gives the newest assets first, or those whose name matches what was typed.
	 *
	 * @throws NodeOperationError with the reason when the assets can't be listed; n8n shows it in the list
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
		return await searchList(
			this,
			'/v2/assets',
			query,
			({ id, name, type }: components['schemas']['Asset']) => ({
				name: `${name ?? id} (${TYPE_NAMES[type] ?? type})`,
				value: id,
			}),
		);
	};
}

/** Fills the list of a field for assets of any type. */
export const searchAssets = createAssetSearch();

/** Fills the list of a field for a video or image. */
export const searchVisualAssets = createAssetSearch('VIDEO', 'IMAGE');

/** Fills the list of a field for audio, which videos have as well. */
export const searchAudioAssets = createAssetSearch('AUDIO', 'VIDEO');
