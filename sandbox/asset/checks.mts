import { STATUS_CODES } from 'node:http';

import { ApiError } from '../core/errors.mts';
import type { Settings } from '../core/settings.mts';
import type { Caller } from '../core/users.mts';
import type { AssetContext } from './state.mts';
import type { StoredAsset } from './store.mts';

type Context = Pick<AssetContext, 'assets' | 'settings'>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether an asset ID has the right format. */
export const isAssetId = (id: string): boolean => UUID.test(id);

const assetNotFound = (status: 404 | 422 = 404) =>
	new ApiError(status, {
		message: 'Asset not found',
		errorCode: 'asset_not_found',
		suggestion: 'Check the asset id and that it belongs to your organization.',
	});

const invalidAssetId = (status: Settings['invalidIdStatus']) =>
	status === 404
		? assetNotFound()
		: new ApiError(status, {
				message: ['id must be a UUID'],
				error: STATUS_CODES[status],
				errorCode: 'invalid_asset_id_format',
			});

const assetForbidden = () =>
	new ApiError(403, {
		message: 'You do not have permission to modify this asset',
		errorCode: 'asset_forbidden',
	});

const fileTooLarge = () =>
	new ApiError(422, {
		message: 'File size exceeds the limit of your plan',
		errorCode: 'file_size_exceeds_plan_limit',
		suggestion: 'Upgrade your plan or use a smaller file.',
	});

/**
 * Gets an asset that the caller can see.
 *
 * @param missingStatus status of the error if there is none
 * @throws ApiError if there is none or the ID is invalid
 */
export function requireAsset(
	id: string,
	{ userId }: Caller,
	{ assets, settings }: Context,
	missingStatus: 404 | 422 = 404,
): StoredAsset {
	if (!isAssetId(id)) throw invalidAssetId(settings.invalidIdStatus);
	const stored = assets.get(id, userId);
	if (!stored) throw assetNotFound(missingStatus);
	return stored;
}

/**
 * Gets an asset that the caller owns.
 *
 * @throws ApiError if there is none, the ID is invalid or the asset belongs to another member
 */
export function requireOwnAsset(id: string, caller: Caller, context: Context): StoredAsset {
	const stored = requireAsset(id, caller, context);
	if (stored.ownerId !== caller.userId) throw assetForbidden();
	return stored;
}

/**
 * Checks that the plan allows a file.
 *
 * @param size in bytes
 * @throws ApiError if it is too large
 */
export function checkFileSize(size: number, { planFileSizeLimit }: Settings): void {
	if (size > (planFileSizeLimit ?? Infinity)) throw fileTooLarge();
}
