import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { components } from './api';
import { locator, pageQuery, searchList } from './locator';

const TYPE_NAMES: Record<string, string> = { AUDIO: 'Audio', IMAGE: 'Image', VIDEO: 'Video' };

const field = {
	required: true,
	description:
		'The asset: a video, audio or image file in the sync.so account. By ID takes the asset ID, e.g. 550e8400-e29b-41d4-a716-446655440000.',
	searchListMethod: 'searchAssets',
	placeholder: 'Select an asset…',
};

/** A field that picks an asset, by list or by ID. */
export const assetLocatorNamed = (displayName: string, name: string) =>
	locator({ ...field, displayName, name });

/** The one of operations that are about one asset. */
export const assetLocator = assetLocatorNamed('Asset', 'assetId');

/**
 * Fills the list of the asset field: the newest assets first, or those whose name matches what was typed.
 *
 * @throws NodeOperationError with the reason when the assets can't be listed; n8n shows it in the list
 */
export async function searchAssets(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const query = { ...pageQuery(paginationToken), sortBy: 'dateDesc' };
	return await searchList(
		this,
		'/v2/assets',
		filter ? { ...query, searchQuery: filter } : query,
		({ id, name, type }: components['schemas']['Asset']) => ({
			name: `${name ?? id} (${TYPE_NAMES[type] ?? type})`,
			value: id,
		}),
	);
}
