import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { components } from './api';
import { locator, searchList } from './locator';

const TYPE_NAMES: Record<string, string> = { AUDIO: 'Audio', IMAGE: 'Image', VIDEO: 'Video' };

/** The field that picks an asset, by list or by ID. */
export const assetLocator = locator({
	displayName: 'Asset',
	name: 'assetId',
	required: true,
	description:
		'The asset: a video, audio or image file in the sync.so account. By ID takes the asset ID, e.g. 550e8400-e29b-41d4-a716-446655440000.',
	searchListMethod: 'searchAssets',
	placeholder: 'Select an asset…',
});

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
	return await searchList(
		this,
		{ url: '/v2/assets', sortBy: 'dateDesc', filter, paginationToken },
		({ id, name, type }: components['schemas']['Asset']) =>
			`${name ?? id} (${TYPE_NAMES[type] ?? type})`,
	);
}
