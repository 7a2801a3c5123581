import { SyncClient } from '@sync.so/sdk';

import type { Asset } from '../nodes/shared/items/assetItem.ts';
import { ASSETS, LIBRARY } from '../sandbox/asset/fixtures.mts';
import { startSandbox } from '../sandbox/server.mts';

/** A Sync API for the examples to work with. */
export interface ExampleApi {
	url: string;
	apiKey: string;
	/** Its assets by ID: all that the examples speak of, but the missing one. */
	assets: Map<string, Asset>;
	/** Whether what it makes costs money. */
	charges: boolean;
	/** A workflow of `examples/` as it fits this API, from its JSON. */
	adapt: (workflow: string) => string;
	close: () => Promise<void>;
}

/** The address in the examples that stands for a file on the web. */
const FILE_URL = 'https://www.example.com/interview.mp4';

/** What the examples wait where a local API needs a moment: minutes, which become seconds. */
const MINUTES = '"unit": "minutes"';

/** Where the file of an asset can be had without a key, for an hour or so. @throws Error when the API refuses */
async function fileUrl(url: string, apiKey: string, assetId: string): Promise<string> {
	const headers = { 'x-api-key': apiKey };
	const response = await fetch(`${url}/v2/assets/${assetId}/download`, { headers });
	if (response.ok) return await response.text();
	throw new Error(`The file of asset ${assetId} can't be had: status ${response.status}`);
}

/** Starts the local Sync API, for whose library the examples are made. */
export async function localApi(): Promise<ExampleApi> {
	const { url, apiKey, close } = await startSandbox();
	const file = await fileUrl(url, apiKey, ASSETS.interview);
	return {
		url,
		apiKey,
		charges: false,
		assets: new Map(LIBRARY.map((asset) => [asset.id, asset])),
		adapt: (workflow) =>
			workflow.replaceAll(FILE_URL, file).replaceAll(MINUTES, '"unit": "seconds"'),
		close,
	};
}

/**
 * The real API. The newest assets of the account stand in for those of the local library, of the same type where there
 * are any.
 *
 * @throws Error when the key is refused, or the account has no assets
 */
export async function realApi(url: string, apiKey: string): Promise<ExampleApi> {
	const client = new SyncClient({ apiKey, baseUrl: url });
	const { items } = await client.assets.list({ limit: 100, sortBy: 'dateDesc' });
	if (items.length === 0) {
		throw new Error('The account has no assets yet: upload one at https://sync.so');
	}
	const standIns = LIBRARY.map(({ id, type }, index) => {
		const ofType = items.filter((asset) => asset.type === type);
		const choice = ofType.length > 0 ? ofType : items;
		return [id, choice[index % choice.length].id] as const;
	});
	const file = await fileUrl(url, apiKey, standIns[0][1]);
	return {
		url,
		apiKey,
		charges: true,
		assets: new Map(items.map((asset) => [asset.id, asset as Asset])),
		adapt: (workflow) =>
			standIns.reduce(
				(text, [id, standIn]) => text.replaceAll(id, standIn),
				workflow.replaceAll(FILE_URL, file),
			),
		close: () => Promise.resolve(),
	};
}
