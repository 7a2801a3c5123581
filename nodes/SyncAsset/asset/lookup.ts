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

/** The result of looking up one ID. */
export type LookupResult =
	| { kind: 'asset'; asset: Asset }
	/** The API says that the asset doesn't exist. */
	| { kind: 'missing'; failure: Failure }
	| { kind: 'failed'; failure: Failure };

/** The API's limit for `POST /v2/assets/batch`. */
const MAX_IDS_PER_BATCH = 100;
const MAX_CONCURRENT_BATCHES = 8;
/** Statuses that mean the batch endpoint isn't available with this API key. */
const STATUSES_WITHOUT_BATCHES = [403, 404, 405, 501];
const ASSET_NOT_FOUND = 'asset_not_found';
/** Statuses caused by the account or the connection: requesting each ID individually would fail the same way. */
const STATUSES_FAILING_ALL = [401, 402, 408, 429];

/** How many of the IDs that batches omit are requested individually, to find out why they are omitted. */
const MAX_PROBES = 10;

/** One asset that an item looks up. */
interface Lookup {
	context: IExecuteSingleFunctions;
	/** The base request of the operation, without the asset's ID. */
	request: IHttpRequestOptions;
	id: string;
}

/** The results for IDs that are looked up together, each by ID. */
interface LookupGroup {
	/** The batch that an ID was sent in. Several IDs share one. */
	batches: Map<string, Promise<BatchResults>>;
	/** Individual requests, except for probes. */
	individual: Map<string, Promise<LookupResult>>;
	/** Individual requests for the first IDs that batches omitted. */
	probes: Map<string, Promise<LookupResult>>;
}

/** The results of a batch, by ID. IDs without an entry have to be requested individually. */
type BatchResults = Map<string, LookupResult | 'omitted'>;

/** Whether the API itself says that the asset doesn't exist. A 404 for another reason says nothing about the asset. */
const isAssetNotFound = ({ failure, fromApi }: FailedResponse): boolean =>
	failure.statusCode === 404 &&
	fromApi &&
	(failure.errorCode ?? ASSET_NOT_FOUND) === ASSET_NOT_FOUND;

/** The result for an ID. Starts the work only once per ID. */
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
 * Looks up assets by ID for one run of a node. n8n starts all items of a run right after one another, so the IDs
 * of the whole run can share `POST /v2/assets/batch` requests.
 */
export class AssetLookup {
	private readonly collector = new Collector((lookups: Lookup[]) => this.startGroup(lookups));

	private readonly batchSemaphore = new Semaphore(MAX_CONCURRENT_BATCHES);

	private areBatchesUnsupported = false;

	/** @param combine whether lookups may share requests */
	constructor(
		private readonly sender: Sender,
		private readonly combine: boolean,
	) {}

	/**
	 * Looks up one asset.
	 *
	 * @param request the base request of the operation, without the asset's ID
	 * @param settings for a request for this asset alone. Default: the settings of the run.
	 * @throws the reason if the run is canceled
	 */
	async find(
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		id: string,
		settings?: ItemSettings,
	): Promise<LookupResult> {
		const findIndividually = async () => await this.requestOne(context, request, id, settings);
		if (!this.combine) return await findIndividually();
		const group = await this.collector.add({ context, request, id });
		const found = (await group.batches.get(id))?.get(id);
		if (found === 'omitted') return await this.resolveOmitted(group, id, findIndividually);
		return found ?? (await getOrStart(group.individual, id, findIndividually));
	}

	/**
	 * A batch omits an ID without a reason. If the first omitted ones turn out not to exist, the others are assumed not
	 * to exist either. Otherwise, each is requested individually.
	 */
	private async resolveOmitted(
		{ individual, probes }: LookupGroup,
		id: string,
		find: () => Promise<LookupResult>,
	): Promise<LookupResult> {
		if (probes.has(id) || probes.size < MAX_PROBES) return await getOrStart(probes, id, find);
		const probed = await Promise.all(probes.values());
		const areAllMissing = probed.every(({ kind }) => kind === 'missing');
		if (!areAllMissing) return await getOrStart(individual, id, find);
		const [first] = probed as Array<{ kind: 'missing'; failure: Failure }>;
		return { kind: 'missing', failure: { ...first.failure, requestId: null } };
	}

	/** Requests the batches of IDs that were collected together. */
	private startGroup(lookups: Lookup[]): LookupGroup {
		const [{ context, request }] = lookups;
		const ids = new Set(lookups.map(({ id }) => id));
		const batches = this.requestBatches(context, request, [...ids].filter(isUuid));
		return { batches, individual: new Map(), probes: new Map() };
	}

	/** Starts a request for each batch of IDs. @returns the batch of each ID; none for a single ID */
	private requestBatches(
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		ids: string[],
	): Map<string, Promise<BatchResults>> {
		const byId = new Map<string, Promise<BatchResults>>();
		if (ids.length < 2) return byId;
		for (let start = 0; start < ids.length; start += MAX_IDS_PER_BATCH) {
			const chunk = ids.slice(start, start + MAX_IDS_PER_BATCH);
			const batch = this.batchSemaphore.run(
				async () => await this.requestBatch(context, request, chunk),
			);
			for (const id of chunk) byId.set(id, batch);
		}
		return byId;
	}

	private async requestBatch(
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		ids: string[],
	): Promise<BatchResults> {
		if (this.areBatchesUnsupported) return new Map();
		const response = await this.sender.send(
			context,
			{ ...request, method: 'POST', url: `${request.url}/batch`, body: { ids } },
			{ idempotent: true },
		);
		if (!response.ok) {
			const { failure } = response;
			const { statusCode } = failure;
			if (STATUSES_WITHOUT_BATCHES.includes(statusCode)) {
				this.areBatchesUnsupported = true;
				return new Map();
			}
			const failsAll =
				statusCode < 400 || statusCode >= 500 || STATUSES_FAILING_ALL.includes(statusCode);
			return new Map(failsAll ? ids.map((id) => [id, { kind: 'failed', failure }]) : []);
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
		settings?: ItemSettings,
	): Promise<LookupResult> {
		const url = `${request.url}/${encodeURIComponent(id)}`;
		const response = await this.sender.send(context, { ...request, url }, settings);
		if (!response.ok) {
			return { kind: isAssetNotFound(response) ? 'missing' : 'failed', failure: response.failure };
		}
		if (!isAsset(response.body))
			return { kind: 'failed', failure: unexpectedBodyFailure('an asset', response.body) };
		return { kind: 'asset', asset: response.body };
	}
}

const assetLookups = new PerRun((run) => new AssetLookup(run.sender, run.combineLookups));

/**
 * Looks up an asset together with those of the other items of the run.
 *
 * @param id already validated
 * @returns the output item, or why there is none
 */
export async function lookUp(
	item: ItemContext,
	id: string,
	itemOptions: AssetItemOptions,
): Promise<{ json: IDataObject } | { failure: Failure }> {
	const { context, baseRequest, run, settings } = item;
	const found = await assetLookups.get(run).find(context, baseRequest, id, settings);
	if (found.kind === 'asset') return { json: toAssetItem(found.asset, itemOptions) };
	if (found.kind === 'missing' && itemOptions.withFound)
		return { json: toMissingAssetItem(id, itemOptions) };
	return { failure: found.failure };
}
