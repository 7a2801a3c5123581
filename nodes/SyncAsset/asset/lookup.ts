import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Asset, AssetItemOptions } from '../../shared/items/assetItem';
import { isAsset, toAssetItem, toMissingAssetItem } from '../../shared/items/assetItem';
import { Collector } from '../../shared/transport/collector';
import type { Failure } from '../../shared/transport/errors';
import { unexpectedBodyFailure } from '../../shared/transport/errors';
import { isUuid } from '../../shared/transport/ids';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import { Semaphore } from '../../shared/transport/semaphore';
import type { FailedResponse, Sender } from '../../shared/transport/sender';
import type { ItemSettings } from '../../shared/transport/sendSettings';

/** What a look-up of one ID ended with. */
export type LookupResult =
	| { kind: 'asset'; asset: Asset }
	/** The API says that there is no such asset. */
	| { kind: 'missing'; failure: Failure }
	| { kind: 'failed'; failure: Failure };

/** `POST /v2/assets/batch` takes up to this many IDs. */
const MAX_IDS = 100;
/** Requests for combined look-ups in flight at once. */
const MAX_CONCURRENT_BATCHES = 8;
/** The endpoint for combined look-ups is not there for this key. */
const BATCHES_UNSUPPORTED = [403, 404, 405, 501];
const NOT_FOUND = 'asset_not_found';
/** Faults that are the account's or the way's, not the request's: asking one by one would end the same. */
const APPLIES_TO_ALL = [401, 402, 408, 429];

/** This many of the IDs that combined requests leave out are requested individually, to see what that means. */
const MAX_PROBES = 10;

/** One asset that an item asks for. */
interface Lookup {
	context: IExecuteSingleFunctions;
	/** The options of a request for one asset, without its address. */
	request: IHttpRequestOptions;
	id: string;
}

/** What was found so far of the IDs that are looked up together. */
interface Round {
	/** For each ID that shares a request with others, what that request will have found. */
	batches: Map<string, Promise<Batch>>;
	/** What individual requests have found. */
	individual: Map<string, Promise<LookupResult>>;
	/** Of those, the ones for IDs that combined requests have left out, while there are few. */
	probes: Map<string, Promise<LookupResult>>;
}

/** What a combined request found, by ID; nothing for IDs that have to be requested individually. */
type Batch = Map<string, LookupResult | 'omitted'>;

/** Whether it is the API that says 404, and of the asset: any other 404 tells nothing about the asset. */
const isAssetNotFound = ({ failure, fromApi }: FailedResponse): boolean =>
	failure.statusCode === 404 && fromApi && (failure.errorCode ?? NOT_FOUND) === NOT_FOUND;

/** Does something once for each ID. */
async function getOrStart<T>(
	results: Map<string, Promise<T>>,
	id: string,
	work: () => Promise<T>,
): Promise<T> {
	let result = results.get(id);
	if (!result) results.set(id, (result = work()));
	return await result;
}

/**
 * Looks assets up by ID for one run of a node. n8n starts all items of a run before any of them waits, so the IDs of
 * the whole run can share `POST /v2/assets/batch` requests.
 */
export class AssetLookup {
	private readonly collector = new Collector((lookups: Lookup[]) => this.startRound(lookups));

	private readonly batchSemaphore = new Semaphore(MAX_CONCURRENT_BATCHES);

	private areBatchesUnsupported = false;

	/** @param combine whether look-ups may share requests */
	constructor(
		private readonly sender: Sender,
		private readonly combine: boolean,
	) {}

	/**
	 * @param request the options of a request for one asset, without its address
	 * @param send how a request for this asset alone is sent; by default as the settings of the run say
	 * @throws the reason if the run is canceled
	 */
	async find(
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		id: string,
		send?: ItemSettings,
	): Promise<LookupResult> {
		const findIndividually = async () => await this.requestOne(context, request, id, send);
		if (!this.combine) return await findIndividually();
		const round = await this.collector.add({ context, request, id });
		const found = (await round.batches.get(id))?.get(id);
		if (found === 'omitted') return await this.resolveOmitted(round, id, findIndividually);
		return found ?? (await getOrStart(round.individual, id, findIndividually));
	}

	/**
	 * A combined request leaves an ID out whatever the reason. If the API says for the first ones that there is no such
	 * asset, that applies to the others too; otherwise each is requested individually.
	 */
	private async resolveOmitted(
		{ individual, probes }: Round,
		id: string,
		find: () => Promise<LookupResult>,
	): Promise<LookupResult> {
		if (probes.has(id) || probes.size < MAX_PROBES) return await getOrStart(probes, id, find);
		const probed = await Promise.all(probes.values());
		const isMissing = probed.every(({ kind }) => kind === 'missing');
		if (!isMissing) return await getOrStart(individual, id, find);
		const [first] = probed as Array<{ kind: 'missing'; failure: Failure }>;
		return { kind: 'missing', failure: { ...first.failure, requestId: null } };
	}

	private startRound(lookups: Lookup[]): Round {
		const [{ context, request }] = lookups;
		const ids = new Set(lookups.map(({ id }) => id));
		const batches = this.requestBatches(context, request, [...ids].filter(isUuid));
		return { batches, individual: new Map(), probes: new Map() };
	}

	private requestBatches(
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		ids: string[],
	): Map<string, Promise<Batch>> {
		const byId = new Map<string, Promise<Batch>>();
		if (ids.length < 2) return byId;
		for (let start = 0; start < ids.length; start += MAX_IDS) {
			const some = ids.slice(start, start + MAX_IDS);
			const batch = this.batchSemaphore.run(
				async () => await this.requestBatch(context, request, some),
			);
			for (const id of some) byId.set(id, batch);
		}
		return byId;
	}

	private async requestBatch(
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		ids: string[],
	): Promise<Batch> {
		if (this.areBatchesUnsupported) return new Map();
		const response = await this.sender.send(
			context,
			{ ...request, method: 'POST', url: `${request.url}/batch`, body: { ids } },
			{ idempotent: true },
		);
		if (!response.ok) {
			const { failure } = response;
			const { statusCode } = failure;
			if (BATCHES_UNSUPPORTED.includes(statusCode)) {
				this.areBatchesUnsupported = true;
				return new Map();
			}
			const sameForAll =
				statusCode < 400 || statusCode >= 500 || APPLIES_TO_ALL.includes(statusCode);
			return new Map(sameForAll ? ids.map((id) => [id, { kind: 'failed', failure }]) : []);
		}
		if (!Array.isArray(response.body) || !response.body.every(isAsset)) return new Map();
		const assets = new Map(response.body.map((asset) => [asset.id.toLowerCase(), asset]));
		return new Map(
			ids.map((id) => {
				const asset = assets.get(id.toLowerCase());
				return [id, asset ? { kind: 'asset', asset } : 'omitted'];
			}),
		);
	}

	private async requestOne(
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		id: string,
		send?: ItemSettings,
	): Promise<LookupResult> {
		const url = `${request.url}/${encodeURIComponent(id)}`;
		const response = await this.sender.send(context, { ...request, url }, send);
		if (!response.ok) {
			return { kind: isAssetNotFound(response) ? 'missing' : 'failed', failure: response.failure };
		}
		if (!isAsset(response.body))
			return { kind: 'failed', failure: unexpectedBodyFailure('an asset', response.body) };
		return { kind: 'asset', asset: response.body };
	}
}

const lookups = new PerRun((run) => new AssetLookup(run.sender, run.combineLookups));

/**
 * Looks an asset up, together with those of the other items of the run.
 *
 * @param id checked before
 * @returns the item that comes out for it, or why there is none
 */
export async function lookUp(
	item: ItemContext,
	id: string,
	output: AssetItemOptions,
): Promise<{ json: IDataObject } | { failure: Failure }> {
	const { context, baseRequest, run, settings } = item;
	const found = await lookups.get(run).find(context, baseRequest, id, settings);
	if (found.kind === 'asset') return { json: toAssetItem(found.asset, output) };
	if (found.kind === 'missing' && output.withFound) return { json: toMissingAssetItem(id, output) };
	return { failure: found.failure };
}
