import { STATUS_CODES } from 'node:http';

import type { operations } from '../../nodes/shared/api.ts';
import type { Holding } from './store.mts';
import { ApiError, BadRequest, plainError, unknownAddress } from '../core/errors.mts';
import type { Caller, Handlers } from '../core/handlers.mts';
import type { Asset } from './library.mts';
import { page } from '../core/paging.mts';
import type { Settings } from '../core/settings.mts';
import type { State } from '../state.mts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type SortBy = NonNullable<operations['listAssets']['parameters']['query']>['sortBy'];

/** What each sort order compares. */
const SORT_KEYS: Record<string, (asset: Asset) => string | number | null | undefined> = {
	name: ({ name }) => name?.toLowerCase(),
	date: ({ createdAt }) => createdAt,
	duration: ({ durationSeconds }) => durationSeconds,
	size: ({ size }) => size,
	kind: ({ type }) => type,
};

function sorted(assets: Asset[], sortBy: SortBy = 'dateDesc'): Asset[] {
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

const badId = (status: Settings['badIdStatus']) =>
	status === 404
		? assetNotFound()
		: new ApiError(status, {
				message: ['id must be a UUID'],
				error: STATUS_CODES[status],
				errorCode: 'invalid_asset_id_format',
			});

const assetNotFound = (status: 404 | 422 = 404) =>
	new ApiError(status, {
		message: 'Asset not found',
		errorCode: 'asset_not_found',
		suggestion: 'Check the asset id and that it belongs to your organization.',
	});

const assetForbidden = () =>
	new ApiError(403, {
		message: 'You do not have permission to modify this asset',
		errorCode: 'asset_forbidden',
	});

const batchRefused = (status: number) =>
	status === 404 ? unknownAddress('POST', '/v2/assets/batch') : plainError(status);

/**
 * The asset that a request is about.
 *
 * @param missing the status when there is none
 * @throws ApiError when the ID is not one, or the caller can't see such an asset
 */
export function findAsset(
	id: string,
	{ userId }: Caller,
	{ assets, settings }: State,
	missing: 404 | 422 = 404,
): Holding {
	if (!UUID.test(id)) throw badId(settings.badIdStatus);
	const holding = assets.get(id, userId);
	if (!holding) throw assetNotFound(missing);
	return holding;
}

/** The same, to be changed. @throws ApiError as well when the asset is another member's */
function ownAsset(id: string, caller: Caller, state: State): Holding {
	const holding = findAsset(id, caller, state);
	if (holding.ownerId !== caller.userId) throw assetForbidden();
	return holding;
}

/** Assets that are there: list, count, get, several at once, change and delete. */
export const assetHandlers: Handlers = {
	listAssets: ({ query, caller }, { assets }) => {
		const { limit, cursor, sortBy, ...filters } = query;
		const all = sorted(assets.matching(filters, caller), sortBy);
		return { ...page(all, { limit, cursor }), totalCount: all.length };
	},

	countAssets: ({ query, caller }, { assets }) => assets.matching(query, caller).length,

	getAsset: ({ params, caller }, state) => findAsset(params.id, caller, state).asset,

	getAssetsByIds: ({ body, caller }, { assets, settings }) => {
		if (settings.batch !== 'on') throw batchRefused(settings.batch);
		const ids = [body.ids].flat();
		const faults = ids.flatMap((id, index) => (UUID.test(id) ? [] : `ids.${index} must be a UUID`));
		if (faults.length > 0) throw new BadRequest(faults);
		return assets.many(ids, caller.userId);
	},

	updateAsset: ({ params, body, caller }, state) => {
		const holding = ownAsset(params.id, caller, state);
		const { asset } = holding;
		const {
			name = asset.name,
			visibility = asset.visibility,
			durationSeconds = asset.durationSeconds,
			size = asset.size,
			format = asset.format,
			width = asset.width,
			height = asset.height,
		} = body;
		const changes = { name, visibility, durationSeconds, size, format, width, height };
		holding.asset = { ...asset, ...changes, updatedAt: state.now() };
		return holding.asset;
	},

	deleteAsset: ({ params, caller }, state) => {
		const { id } = ownAsset(params.id, caller, state).asset;
		state.assets.delete(id);
		return { id };
	},
};
