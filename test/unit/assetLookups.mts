import type { IHttpRequestOptions } from 'n8n-workflow';
import type { AssetLookup, LookupResult } from '../../nodes/SyncAsset/asset/lookup.ts';
import { FakeServer } from './fakeServer.mts';
import { buildAsset } from './assets.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

/** What n8n hands to the look-up for every item: a request without the ID. */
const REQUEST: IHttpRequestOptions = { method: 'GET', url: '/v2/assets' };

export const readIds = (request: IHttpRequestOptions): string[] =>
	(request.body as { ids: string[] }).ids;

/** Answers a combined look-up as the API does: assets that do not exist are left out. */
export const batchResponse = (ids: string[]): HttpResponse => ({
	status: 200,
	body: ids.map(buildAsset),
});

/**
 * A server on which every asset exists but the missing ones.
 *
 * @param batch answers combined look-ups in another way than the API does
 */
export const assetServer = (
	missing: string[] = [],
	batch: (ids: string[]) => HttpResponse | Error | Promise<HttpResponse> = (ids) =>
		batchResponse(ids.filter((id) => !missing.includes(id))),
): FakeServer =>
	new FakeServer((request) => {
		if (request.method === 'POST') return batch(readIds(request));
		const id = decodeURIComponent(request.url.slice('/v2/assets/'.length));
		return missing.includes(id) ? RESPONSES.notFound : { status: 200, body: buildAsset(id) };
	});

/** Looks up all IDs at once, as n8n starts the items of a run. */
export const startLookups = (
	lookup: AssetLookup,
	server: FakeServer,
	ids: string[],
): Promise<LookupResult[]> =>
	Promise.all(ids.map((id) => lookup.find(server.context, REQUEST, id)));

/** Looks up all IDs at once and waits for the end. Needs fake timers. */
export async function findAssets(
	...what: Parameters<typeof startLookups>
): Promise<LookupResult[]> {
	const all = startLookups(...what);
	await jest.runAllTimersAsync();
	return await all;
}

/** The requests that a server got, in short: `POST 100` for a combined one, `GET a1` for a single one. */
export const summarizeRequests = (server: FakeServer): string[] =>
	server.requests.map((request) =>
		request.method === 'POST'
			? `POST ${readIds(request).length}`
			: `GET ${decodeURIComponent(request.url.replace('/v2/assets/', ''))}`,
	);
