import { randomBytes } from 'node:crypto';

import { ApiClient } from '../api/client.mts';
import type { Asset } from '../nodes/shared/items/assetItem.ts';
import { ASSETS, LIBRARY } from '../sandbox/asset/fixtures.mts';
import { startSandbox } from '../sandbox/server.mts';
import { type Creation, DemoAccount } from './account.mts';

/** A Sync API to run the examples with. */
export interface ExampleApi {
	url: string;
	apiKey: string;
	/** The existing assets that the examples refer to, by ID. */
	assets: Map<string, Asset>;
	/** Sends requests to it if generations cost money. */
	charging?: ApiClient;
	/** Replaces IDs and URLs in the JSON of an example with those of this API. */
	adapt: (workflow: string) => string;
	/** Notes what an example created. */
	record: (creations: Creation[]) => void;
	/** Notes the videos that an example created, also if its execution did not end. */
	recordVideos: () => Promise<void>;
	/** Removes what was created, or stops the local API. */
	close: () => Promise<void>;
}

/** The placeholder in the examples for the URL of a file. */
const PLACEHOLDER_URL = 'https://www.example.com/interview.mp4';

/** The search in the examples that finds recordings. */
const SEARCH = '"searchQuery": "voiceover"';

/** The unit of the Wait nodes in the examples. The local API is fast enough for seconds. */
const WAIT_UNIT = '"unit": "minutes"';

/** Gets a temporary URL for the file of an asset, which needs no API key. @throws Error if the request fails */
const getFileUrl = async (client: ApiClient, assetId: string): Promise<string> =>
	await client.request('GET', `/v2/assets/${assetId}/download`);

/** Starts the local Sync API. The examples refer to its assets. */
export async function startLocalApi(): Promise<ExampleApi> {
	const { url, apiKey, close } = await startSandbox();
	const file = await getFileUrl(new ApiClient(url, apiKey), ASSETS.interview);
	return {
		url,
		apiKey,
		assets: new Map(LIBRARY.map((asset) => [asset.id, asset])),
		adapt: (workflow) =>
			workflow.replaceAll(PLACEHOLDER_URL, file).replaceAll(WAIT_UNIT, '"unit": "seconds"'),
		record: () => {},
		recordVideos: async () => {},
		close,
	};
}

/**
 * Connects to the real API and uploads small files to the account. They replace the assets of the local API in the
 * examples, by type. Its `close` removes them, and what the examples created.
 *
 * @param print says what is created and removed
 * @throws Error in the words of the nodes if the API can't be used
 */
export async function connectToRealApi(
	url: string,
	apiKey: string,
	print: (line: string) => void,
): Promise<ExampleApi> {
	const client = new ApiClient(url, apiKey);
	const account = new DemoAccount(client, print);
	const suffix = randomBytes(4).toString('hex');
	try {
		const uploaded = await account.uploadMedia(suffix);
		const replacements = LIBRARY.map(({ id, type }) => {
			const { id: replacement } = uploaded.find((asset) => asset.type === type) as Asset;
			return [id, replacement] as const;
		});
		const file = await getFileUrl(client, uploaded[0].id);
		return {
			url: client.url,
			apiKey: apiKey.trim(),
			charging: client,
			assets: new Map(uploaded.map((asset) => [asset.id, asset])),
			adapt: (workflow) =>
				replacements.reduce(
					(text, [id, replacement]) => text.replaceAll(id, replacement),
					workflow
						.replaceAll(PLACEHOLDER_URL, file)
						.replaceAll(SEARCH, SEARCH.replace('voiceover', `voiceover-${suffix}`)),
				),
			record: (creations) => account.record(creations),
			recordVideos: async () => await account.recordGenerations(),
			close: async () => await account.removeCreations(),
		};
	} catch (error) {
		await account.removeCreations();
		throw error;
	}
}
