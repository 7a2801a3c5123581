import { SyncClient } from '@sync.so/sdk';

import type { Asset } from '../nodes/shared/items/assetItem.ts';
import { ASSETS, LIBRARY } from '../sandbox/asset/fixtures.mts';
import { startSandbox } from '../sandbox/server.mts';

/** A Sync API to run the examples with. */
export interface ExampleApi {
	url: string;
	apiKey: string;
	/** The existing assets that the examples refer to, by ID. */
	assets: Map<string, Asset>;
	/** Whether generations cost money. */
	charges: boolean;
	/** Replaces IDs and URLs in the JSON of an example with those of this API. */
	adapt: (workflow: string) => string;
	close: () => Promise<void>;
}

/** The placeholder in the examples for the URL of a file. */
const PLACEHOLDER_URL = 'https://www.example.com/interview.mp4';

/** The unit of the Wait nodes in the examples. The local API is fast enough for seconds. */
const WAIT_UNIT = '"unit": "minutes"';

/** Gets a temporary URL for the file of an asset, which needs no API key. @throws Error if the request fails */
async function getFileUrl(url: string, apiKey: string, assetId: string): Promise<string> {
	const headers = { 'x-api-key': apiKey };
	const response = await fetch(`${url}/v2/assets/${assetId}/download`, { headers });
	if (response.ok) return await response.text();
	throw new Error(`Could not get the file of asset ${assetId}: status ${response.status}`);
}

/** Starts the local Sync API. The examples refer to its assets. */
export async function startLocalApi(): Promise<ExampleApi> {
	const { url, apiKey, close } = await startSandbox();
	const file = await getFileUrl(url, apiKey, ASSETS.interview);
	return {
		url,
		apiKey,
		charges: false,
		assets: new Map(LIBRARY.map((asset) => [asset.id, asset])),
		adapt: (workflow) =>
			workflow.replaceAll(PLACEHOLDER_URL, file).replaceAll(WAIT_UNIT, '"unit": "seconds"'),
		close,
	};
}

/**
 * Connects to the real API. The newest assets of the account replace those of the local API, with the same type if
 * possible.
 *
 * @throws Error if the API key is rejected, or if the account has no assets
 */
export async function connectToRealApi(url: string, apiKey: string): Promise<ExampleApi> {
	const client = new SyncClient({ apiKey, baseUrl: url });
	const { items } = await client.assets.list({ limit: 100, sortBy: 'dateDesc' });
	if (items.length === 0) {
		throw new Error('The account has no assets yet. Upload one at https://sync.so.');
	}
	const replacements = LIBRARY.map(({ id, type }, index) => {
		const sameType = items.filter((asset) => asset.type === type);
		const candidates = sameType.length > 0 ? sameType : items;
		return [id, candidates[index % candidates.length].id] as const;
	});
	const file = await getFileUrl(url, apiKey, replacements[0][1]);
	return {
		url,
		apiKey,
		charges: true,
		assets: new Map(items.map((asset) => [asset.id, asset as Asset])),
		adapt: (workflow) =>
			replacements.reduce(
				(text, [id, replacement]) => text.replaceAll(id, replacement),
				workflow.replaceAll(PLACEHOLDER_URL, file),
			),
		close: () => Promise.resolve(),
	};
}
