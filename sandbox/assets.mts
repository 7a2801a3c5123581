import { STATUS_CODES } from 'node:http';

import type { operations } from '../nodes/shared/api.ts';
import { ApiError, BadRequest, plainError, unknownAddress } from './errors.mts';
import type { Handlers } from './handlers.mts';
import { generatedAsset, LIBRARY, OWNER_ID, type Asset } from './library.mts';
import type { Settings } from './state.mts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type ListQuery = NonNullable<operations['listAssets']['parameters']['query']>;
type Filters = NonNullable<operations['countAssets']['parameters']['query']>;

/** What each sort order compares. */
const SORT_KEYS: Record<string, (asset: Asset) => string | number | null | undefined> = {
	name: ({ name }) => name?.toLowerCase(),
	date: ({ createdAt }) => createdAt,
	duration: ({ durationSeconds }) => durationSeconds,
	size: ({ size }) => size,
	kind: ({ type }) => type,
};

/** The assets of the account. */
export class AssetStore {
	private assets: Asset[] = [];

	private places = new Map<string, number>();

	constructor() {
		this.reset();
	}

	/** Leaves the library and nothing else. */
	reset(): void {
		this.assets = [];
		this.places.clear();
		this.add(LIBRARY);
	}

	/** Adds generated assets, `count` of them. */
	seed(count: number): void {
		const start = this.assets.length - LIBRARY.length;
		this.add(Array.from({ length: count }, (_, index) => generatedAsset(start + index)));
	}

	private add(assets: Asset[]): void {
		for (const asset of assets) this.places.set(asset.id, this.assets.push(asset) - 1);
	}

	get(id: string): Asset | undefined {
		return this.assets[this.places.get(id.toLowerCase()) ?? -1];
	}

	/** Those of the assets that are there, each once: the latest first, whatever the order of the IDs. */
	many(ids: string[]): Asset[] {
		const places = ids.flatMap((id) => this.places.get(id.toLowerCase()) ?? []);
		return [...new Set(places)].sort((a, b) => b - a).map((place) => this.assets[place]);
	}

	/** Those that fit. */
	matching({ searchQuery = '', types = [], projectId, userId = OWNER_ID }: Filters): Asset[] {
		if (userId !== OWNER_ID) return [];
		const searched = searchQuery.toLowerCase();
		return this.assets.filter(
			(asset) =>
				(asset.name ?? '').toLowerCase().includes(searched) &&
				(types.length === 0 || types.includes(asset.type)) &&
				(projectId === undefined || asset.projectId === projectId),
		);
	}
}

function sorted(assets: Asset[], sortBy: ListQuery['sortBy'] = 'dateDesc'): Asset[] {
	const [, field, direction] = /^([a-z]+)(Asc|Desc)$/.exec(sortBy) ?? [];
	const key = SORT_KEYS[field];
	const sign = direction === 'Asc' ? 1 : -1;
	return [...assets].sort((a, b) => {
		const [left, right] = [key(a), key(b)];
		// Assets without a value come last both ways.
		if (left === null || left === undefined) return right === null || right === undefined ? 0 : 1;
		if (right === null || right === undefined) return -1;
		return left === right ? 0 : left < right ? -sign : sign;
	});
}

const asCursor = (start: number): string => Buffer.from(`start:${start}`).toString('base64url');

function startOf(cursor: string): number {
	const [, start] = /^start:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
	if (start === undefined) throw new BadRequest(['cursor is not valid']);
	return Number(start);
}

const badId = (status: Settings['badIdStatus']) =>
	status === 404
		? notFound()
		: new ApiError(status, {
				message: ['id must be a UUID'],
				error: STATUS_CODES[status],
				errorCode: 'invalid_asset_id_format',
			});

const notFound = () =>
	new ApiError(404, {
		message: 'Asset not found',
		errorCode: 'asset_not_found',
		suggestion: 'Check the asset id and that it belongs to your organization.',
	});

const batchRefused = (status: number) =>
	status === 404 ? unknownAddress('POST', '/v2/assets/batch') : plainError(status);

/** Assets: list, count, get, and several at once. */
export const assetHandlers: Handlers = {
	listAssets: ({ query }, { assets }) => {
		const { limit = 10, cursor, sortBy, ...filters } = query;
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

	getAssetsByIds: ({ body }, { assets, settings }) => {
		if (settings.batch !== 'on') throw batchRefused(settings.batch);
		const ids = [body.ids].flat();
		const faults = ids.flatMap((id, index) => (UUID.test(id) ? [] : `ids.${index} must be a UUID`));
		if (faults.length > 0) throw new BadRequest(faults);
		return assets.many(ids);
	},
};
