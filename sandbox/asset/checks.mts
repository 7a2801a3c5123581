import { STATUS_CODES } from 'node:http';

import { ApiError } from '../core/errors.mts';
import type { Settings } from '../core/settings.mts';
import type { Caller } from '../core/users.mts';
import type { AssetState } from './state.mts';
import type { StoredAsset } from './store.mts';

type State = Pick<AssetState, 'assets' | 'settings'>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether an asset ID is valid. */
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
 * @param missingStatus the status of the error if there is none
 * @throws ApiError if there is none or the ID is invalid
 */
export function requireAsset(
	id: string,
	{ userId }: Caller,
	{ assets, settings }: State,
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
export function requireOwnAsset(id: string, caller: Caller, state: State): StoredAsset {
	const stored = requireAsset(id, caller, state);
	if (stored.ownerId !== caller.userId) throw assetForbidden();
	return stored;
}

/**
 * Checks the size of a file against the limit of the plan.
 *
 * @param size in bytes
 * @throws ApiError if the file is too large
 */
export function checkFileSize(size: number, { planFileSizeLimit }: Settings): void {
	if (size > (planFileSizeLimit ?? Infinity)) throw fileTooLarge();
}
