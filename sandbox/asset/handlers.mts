import type { operations } from '../../nodes/shared/api.ts';
import { BadRequestError, httpError, routeNotFound } from '../core/errors.mts';
import type { Handlers } from '../core/handlerTypes.mts';
import { paginate } from '../core/pagination.mts';
import { isAssetId, requireAsset, requireOwnAsset } from './checks.mts';
import type { AssetState } from './state.mts';
import type { Asset } from './types.mts';

type SortBy = NonNullable<operations['listAssets']['parameters']['query']>['sortBy'];

/** The value that each sort order compares. */
const SORT_KEYS: Record<string, (asset: Asset) => string | number | null | undefined> = {
	name: ({ name }) => name?.toLowerCase(),
	date: ({ createdAt }) => createdAt,
	duration: ({ durationSeconds }) => durationSeconds,
	size: ({ size }) => size,
	kind: ({ type }) => type,
};

function sortAssets(assets: Asset[], sortBy: SortBy = 'dateDesc'): Asset[] {
	const [, field, direction] = /^([a-z]+)(Asc|Desc)$/.exec(sortBy) ?? [];
	const key = SORT_KEYS[field];
	const sign = direction === 'Asc' ? 1 : -1;
	return [...assets].sort((a, b) => {
		const [left, right] = [key(a), key(b)];
		// Assets without a value come last in both directions.
		if (left === null || left === undefined) return right === null || right === undefined ? 0 : 1;
		if (right === null || right === undefined) return -1;
		return left === right ? 0 : left < right ? -sign : sign;
	});
}

const lookupUnavailable = (status: number) =>
	status === 404 ? routeNotFound('POST', '/v2/assets/batch') : httpError(status);

/** Assets: list, count, get, update and delete. Only the owner of an asset can change it. */
export const assetHandlers: Handlers<AssetState> = {
	listAssets: ({ query, caller }, { assets }) => {
		const { limit, cursor, sortBy, ...filters } = query;
		const found = sortAssets(assets.find(filters, caller), sortBy);
		return { ...paginate(found, { limit, cursor }), totalCount: found.length };
	},

	countAssets: ({ query, caller }, { assets }) => assets.find(query, caller).length,

	getAsset: ({ params, caller }, state) => requireAsset(params.id, caller, state).asset,

	getAssetsByIds: ({ body, caller }, { assets, settings }) => {
		if (settings.getAssetsByIds !== 'on') throw lookupUnavailable(settings.getAssetsByIds);
		const ids = [body.ids].flat();
		const problems = ids.flatMap((id, index) =>
			isAssetId(id) ? [] : `ids.${index} must be a UUID`,
		);
		if (problems.length > 0) throw new BadRequestError(problems);
		return assets.getMany(ids, caller.userId);
	},

	updateAsset: ({ params, body, caller }, state) => {
		const stored = requireOwnAsset(params.id, caller, state);
		const { asset } = stored;
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
		stored.asset = { ...asset, ...changes, updatedAt: state.clock.now() };
		return stored.asset;
	},

	deleteAsset: ({ params, caller }, state) => {
		const { id } = requireOwnAsset(params.id, caller, state).asset;
		state.assets.delete(id);
		return { id };
	},
};
