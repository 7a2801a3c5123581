import { ApiError, badRequest } from './errors.mts';
import { generatedAsset, LIBRARY, type Asset } from './library.mts';
import type { Handlers, Settings } from './state.mts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface ListQuery {
	limit: number;
	cursor?: string;
	searchQuery?: string;
	sortBy?: string;
	types?: string[];
	projectId?: string;
}

/** What each sort order compares. */
const SORT_KEYS: Record<string, (asset: Asset) => string | number> = {
	name: ({ name }) => name?.toLowerCase() ?? '',
	date: ({ createdAt }) => createdAt,
	duration: ({ durationSeconds }) => durationSeconds ?? 0,
	size: ({ size }) => size ?? 0,
	kind: ({ type }) => type,
};

/** The assets of the account. */
export class AssetStore {
	private assets: Asset[] = [];

	private places = new Map<string, number>();

	constructor() {
		this.reset();
	}

	/** Leaves the library alone. */
	reset(): void {
		this.assets = [];
		this.places.clear();
		this.add(LIBRARY);
	}

	/** Adds generated assets, `count` of them. */
	seed(count: number): void {
		this.add(Array.from({ length: count }, (_, index) => generatedAsset(index)));
	}

	private add(assets: Asset[]): void {
		for (const asset of assets) this.places.set(asset.id, this.assets.push(asset) - 1);
	}

	get(id: string): Asset | undefined {
		return this.assets[this.places.get(id.toLowerCase()) ?? -1];
	}

	/** Those of the assets that are there: each once, and in the order of the store, as the real API does. */
	many(ids: string[]): Asset[] {
		const places = ids.flatMap((id) => this.places.get(id.toLowerCase()) ?? []);
		return [...new Set(places)].sort((a, b) => a - b).map((place) => this.assets[place]);
	}

	/** Those that fit, in no other order than the store's. */
	matching({ searchQuery = '', types = [], projectId }: Partial<ListQuery>): Asset[] {
		const searched = searchQuery.toLowerCase();
		return this.assets.filter(
			(asset) =>
				(asset.name ?? '').toLowerCase().includes(searched) &&
				(types.length === 0 || types.includes(asset.type)) &&
				(projectId === undefined || asset.projectId === projectId),
		);
	}
}

function sorted(assets: Asset[], sortBy = 'dateDesc'): Asset[] {
	const [, field, direction] = /^([a-z]+)(Asc|Desc)$/.exec(sortBy) ?? [];
	const key = SORT_KEYS[field];
	const sign = direction === 'Asc' ? 1 : -1;
	return [...assets].sort((a, b) => {
		const [left, right] = [key(a), key(b)];
		return left === right ? 0 : left < right ? -sign : sign;
	});
}

const asCursor = (start: number): string => Buffer.from(`start:${start}`).toString('base64url');

function startOf(cursor: string): number {
	const [, start] = /^start:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
	if (start === undefined) throw badRequest(['cursor is not valid']);
	return Number(start);
}

const badId = (status: Settings['badIdStatus']) =>
	new ApiError(status, {
		message: 'Asset id must be a UUID',
		errorCode: status === 404 ? 'asset_not_found' : 'invalid_asset_id_format',
	});

const notFound = () =>
	new ApiError(404, {
		message: 'Asset not found',
		errorCode: 'asset_not_found',
		suggestion: 'Check the asset id and that it belongs to your organization.',
	});

/** Assets: list, count, get, and several at once. */
export const assetHandlers: Handlers = {
	listAssets: ({ query }, { assets }) => {
		const { limit, cursor, sortBy, ...filters } = query as unknown as ListQuery;
		const all = sorted(assets.matching(filters), sortBy);
		const start = cursor === undefined ? 0 : startOf(cursor);
		const end = start + limit;
		return {
			items: all.slice(start, end),
			nextCursor: end < all.length ? asCursor(end) : null,
			totalCount: all.length,
		};
	},

	countAssets: ({ query }, { assets }) => assets.matching(query).length,

	getAsset: ({ params: { id } }, { assets, settings }) => {
		if (!UUID.test(id)) throw badId(settings.badIdStatus);
		const asset = assets.get(id);
		if (!asset) throw notFound();
		return asset;
	},

	getAssetsByIds: ({ body }, { assets }) => {
		const ids = [(body as { ids: string | string[] }).ids].flat();
		const faults = ids.flatMap((id, index) => (UUID.test(id) ? [] : `ids.${index} must be a UUID`));
		if (faults.length > 0) throw badRequest(faults);
		return assets.many(ids);
	},
};
