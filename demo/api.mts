import { randomBytes } from 'node:crypto';

import { ApiClient } from '../api/client.mts';
import type { WorkflowJson } from '../n8n/client.mts';
import type { Asset } from '../nodes/shared/items/assetItem.ts';
import { ASSETS, LIBRARY } from '../sandbox/asset/fixtures.mts';
import { startSandbox } from '../sandbox/server.mts';
import { type Creation, DemoAccount, type MediaFiles } from './account.mts';
import { limitToAssets, replaceTexts } from './adapt.mts';

/** A Sync API to run the examples with. */
export interface ExampleApi {
	url: string;
	apiKey: string;
	/** The existing assets that the examples refer to, by ID. */
	assets: Map<string, Asset>;
	/** Sends requests to it if generations cost money. */
	charging?: ApiClient;
	/** Returns an example that uses the assets of this API. */
	adapt: (workflow: WorkflowJson) => WorkflowJson;
	/** Notes what an example created. */
	record: (creations: Creation[]) => void;
	/** Notes the videos that an example created, also if its execution did not end. */
	recordVideos: () => Promise<void>;
	/** Removes what was created, or stops the local API. */
	close: () => Promise<void>;
}

/** The placeholder in the examples for the URL of a file. */
const PLACEHOLDER_URL = 'https://www.example.com/interview.mp4';

/** The unit of the Wait nodes in the examples, and the one for the local API, which is fast. */
const WAIT_UNITS = ['"unit":"minutes"', '"unit":"seconds"'] as const;

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
		adapt: (workflow) => replaceTexts(workflow, [[PLACEHOLDER_URL, file], WAIT_UNITS]),
		record: () => {},
		recordVideos: async () => {},
		close,
	};
}

/**
 * Connects to the real API and uploads small files to the account. They replace the assets of the local API in the
 * examples, by type, and are the only ones that these list. Its `close` removes them, and what the examples created.
 *
 * @param print says what is created and removed
 * @param files paths of the user's own files, to upload instead
 * @throws Error in the words of the nodes if the API can't be used
 */
export async function connectToRealApi(
	url: string,
	apiKey: string,
	print: (line: string) => void,
	files: MediaFiles = {},
): Promise<ExampleApi> {
	const client = new ApiClient(url, apiKey);
	const account = new DemoAccount(client, print);
	const suffix = randomBytes(4).toString('hex');
	try {
		const uploaded = await account.uploadMedia(suffix, files);
		const replacements = LIBRARY.map(({ id, type }) => {
			const { id: replacement } = uploaded.find((asset) => asset.type === type) as Asset;
			return [id, replacement] as const;
		});
		const file = await getFileUrl(client, uploaded[0].id);
		const ownMedia = [...replacements, [PLACEHOLDER_URL, file] as const];
		return {
			url: client.url,
			apiKey: apiKey.trim(),
			charging: client,
			assets: new Map(uploaded.map((asset) => [asset.id, asset])),
			adapt: (workflow) => limitToAssets(replaceTexts(workflow, ownMedia), suffix),
			record: (creations) => account.record(creations),
			recordVideos: async () => await account.recordGenerations(),
			close: async () => await account.removeCreations(),
		};
	} catch (error) {
		await account.removeCreations();
		throw error;
	}
}
