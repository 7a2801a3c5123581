import type { IHttpRequestOptions } from 'n8n-workflow';
import type { AssetLookup, LookupResult } from '../../nodes/SyncAsset/asset/lookup.ts';
import type { Reply } from './answers.mts';
import { assetWith, REPLIES } from './answers.mts';
import { FakeContext } from './fakeContext.mts';

/** What n8n hands to the look-up for every item: a request without the ID. */
const REQUEST: IHttpRequestOptions = { method: 'GET', url: '/v2/assets' };

export const idsIn = (request: IHttpRequestOptions): string[] =>
	(request.body as { ids: string[] }).ids;

/** Answers a combined look-up as the API does: assets that do not exist are left out. */
export const batchOf = (ids: string[]): Reply => ({ status: 200, body: ids.map(assetWith) });

/**
 * A server on which every asset exists but the missing ones.
 *
 * @param batch answers combined look-ups in another way than the API does
 */
export const assetServer = (
	missing: string[] = [],
	batch: (ids: string[]) => Reply | Error | Promise<Reply> = (ids) =>
		batchOf(ids.filter((id) => !missing.includes(id))),
): FakeContext =>
	new FakeContext((request) => {
		if (request.method === 'POST') return batch(idsIn(request));
		const id = decodeURIComponent(request.url.slice('/v2/assets/'.length));
		return missing.includes(id) ? REPLIES.notFound : { status: 200, body: assetWith(id) };
	});

/** Looks up all IDs at once, as n8n starts the items of a run. */
export const startAll = (
	lookup: AssetLookup,
	server: FakeContext,
	ids: string[],
): Promise<LookupResult[]> =>
	Promise.all(ids.map((id) => lookup.find(server.context, REQUEST, id)));

/** Looks up all IDs at once and waits for the end. Needs fake timers. */
export async function findAll(...what: Parameters<typeof startAll>): Promise<LookupResult[]> {
	const all = startAll(...what);
	await jest.runAllTimersAsync();
	return await all;
}

/** The requests that a server got, in short: `POST 100` for a combined one, `GET a1` for a single one. */
export const sentTo = (server: FakeContext): string[] =>
	server.requests.map((request) =>
		request.method === 'POST'
			? `POST ${idsIn(request).length}`
			: `GET ${decodeURIComponent(request.url.replace('/v2/assets/', ''))}`,
	);
