import { ApiError, httpError, routeNotFound } from '../core/errors.mts';
import type { Settings } from '../core/settings.mts';
import type { Caller } from '../core/users.mts';
import type { TranscriptionState } from './state.mts';
import type { StoredTranscription } from './store.mts';

/** @throws ApiError if the organization has no access to the dialogue operations */
export function checkAccess(url: string, { dialogue }: Settings): void {
	if (dialogue === 'on') return;
	if (dialogue === 404) throw routeNotFound('POST', url);
	if (dialogue === 422) {
		const message = 'Dialogue edits are not available to this organization';
		throw new ApiError(422, { message, errorCode: 'dialogue_edit_retime_required' });
	}
	throw httpError(dialogue);
}

/** @throws ApiError if a URL is not that of an asset that the caller can see */
export function checkStored(url: string, { userId }: Caller, { assets }: TranscriptionState): void {
	if (assets.find({}, { userId }).some((asset) => asset.url === url)) return;
	const message = 'The file is not in the storage of the organization';
	throw new ApiError(422, { message, errorCode: 'file_not_in_org_storage' });
}

/** Gets a transcription. @throws ApiError if it does not exist */
export function requireTranscription(
	id: string,
	{ transcriptions }: TranscriptionState,
): StoredTranscription {
	const job = transcriptions.get(id);
	if (!job) throw httpError(404, 'Transcription not found');
	return job;
}
