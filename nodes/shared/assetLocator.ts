import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { components } from './api';
import { DEFAULT_SEND_SETTINGS } from './options';
import { Sender } from './send';

type AssetPage = components['schemas']['PaginatedAssets'];

const PAGE_SIZE = 50;
const TYPE_NAMES: Record<string, string> = { AUDIO: 'Audio', IMAGE: 'Image', VIDEO: 'Video' };

/** The field that picks an asset, by list or by ID. */
export const assetLocator: INodeProperties = {
	displayName: 'Asset',
	name: 'assetId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The asset: a video, audio or image file in the sync.so account. By ID takes the asset ID, e.g. 550e8400-e29b-41d4-a716-446655440000.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an asset…',
			typeOptions: { searchListMethod: 'searchAssets', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
		},
	],
};

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
	const qs: IDataObject = { limit: PAGE_SIZE, sortBy: 'dateDesc' };
	if (filter) qs.searchQuery = filter;
	if (paginationToken) qs.cursor = paginationToken;
	// A person waits in front of the list: one quick second try, no more.
	const sender = new Sender(this.getNode(), {
		...DEFAULT_SEND_SETTINGS,
		maxRetries: 1,
		timeout: 20,
	});
	const answer = await sender.send(this, { method: 'GET', url: '/v2/assets', qs });
	if (!answer.ok) {
		// The list shows the message alone.
		const { message, hint } = answer.failure;
		throw new NodeOperationError(this.getNode(), hint ? `${message}. ${hint}` : message);
	}
	const { items = [], nextCursor } = answer.body as AssetPage;
	return {
		results: items.map(({ id, name, type }) => ({
			name: `${name ?? id} (${TYPE_NAMES[type] ?? type})`,
			value: id,
		})),
		paginationToken: nextCursor ?? undefined,
	};
}
