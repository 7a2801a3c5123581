import type { IHttpRequestOptions } from 'n8n-workflow';

import type { AssetLookup, LookupResult } from '../../nodes/SyncAsset/asset/lookup.ts';
import { buildAssetWithId } from './assets.mts';
import { FakeServer } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

/** The request that n8n passes to the lookup for every item. It has no ID yet. */
const REQUEST: IHttpRequestOptions = { method: 'GET', url: '/v2/assets' };

/** Reads the IDs in a combined lookup. */
export const readIds = (request: IHttpRequestOptions): string[] =>
	(request.body as { ids: string[] }).ids;

/** Builds the API's response to a combined lookup of assets that exist. */
export const buildBatchResponse = (ids: string[]): HttpResponse => ({
	status: 200,
	body: ids.map(buildAssetWithId),
});

/**
 * Creates a server that has all assets except the missing ones.
 *
 * @param batch overrides how combined lookups are answered
 */
export const createAssetServer = (
	missing: string[] = [],
	batch: (ids: string[]) => HttpResponse | Error | Promise<HttpResponse> = (ids) =>
		buildBatchResponse(ids.filter((id) => !missing.includes(id))),
): FakeServer =>
	new FakeServer((request) => {
		if (request.method === 'POST') return batch(readIds(request));
		const id = decodeURIComponent(request.url.slice('/v2/assets/'.length));
		return missing.includes(id) ? RESPONSES.notFound : { status: 200, body: buildAssetWithId(id) };
	});

/** Looks up all IDs at the same time, as n8n starts the items of a run. */
export const startLookups = (
	lookup: AssetLookup,
	server: FakeServer,
	ids: string[],
): Promise<LookupResult[]> =>
	Promise.all(ids.map((id) => lookup.find(server.context, REQUEST, id)));

/** Looks up all IDs at the same time and waits for the results. Needs fake timers. */
export async function findAssets(
	...what: Parameters<typeof startLookups>
): Promise<LookupResult[]> {
	const all = startLookups(...what);
	await jest.runAllTimersAsync();
	return await all;
}

/** Summarizes the requests that a server received: `POST 100` for a combined lookup, `GET a1` for a single one. */
export const summarizeRequests = (server: FakeServer): string[] =>
	server.requests.map((request) =>
		request.method === 'POST'
			? `POST ${readIds(request).length}`
			: `GET ${decodeURIComponent(request.url.replace('/v2/assets/', ''))}`,
	);
