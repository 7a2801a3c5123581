import { ApiError } from '../core/errors.mts';
import type { ApiRequest } from '../core/handlerTypes.mts';
import type { Settings } from '../core/settings.mts';
import { readMediaInfo } from '../storage/mediaInfo.mts';
import { getFileKey } from '../storage/urls.mts';
import type { VoiceState } from './state.mts';

/** The largest video to clone a voice from: 1 GiB, in bytes. */
const MAX_VIDEO_SIZE = 1024 ** 3;

/** A recording to clone a voice from. */
interface VoiceSample {
	/** `AUDIO`, `VIDEO`, or an unsupported type. */
	type: string;
	/** In bytes; null if unknown. */
	size: number | null;
	/** Null if unknown. */
	durationSeconds: number | null;
	/** Whether the file is not a media file. */
	isBroken?: boolean;
}

const sampleError = (status: number, errorCode: string, message: string) =>
	new ApiError(status, { message, errorCode });

/** Also reported for an asset that does not exist, because the contract has no 404 for this operation. */
const sampleNotAccessible = () =>
	sampleError(422, 'voice_sample_not_accessible', 'The voice sample could not be read');

/**
 * Finds the voice sample of a request to clone a voice.
 *
 * @throws ApiError if it does not exist or is not in the storage
 */
export async function findVoiceSample(
	{ body: { url = '', assetId }, caller, origin }: ApiRequest<'cloneVoice'>,
	{ assets, files }: VoiceState,
): Promise<VoiceSample> {
	if (assetId !== undefined) {
		const asset = assets.get(assetId, caller.userId)?.asset;
		if (!asset) throw sampleNotAccessible();
		const { type, size = null, durationSeconds = null } = asset;
		return { type, size, durationSeconds };
	}
	const key = getFileKey(url.split('?')[0], origin);
	if (key === undefined) {
		throw sampleError(422, 'voice_sample_upload_required', 'Upload the voice sample to Sync first');
	}
	const stored = files.get(key);
	if (!stored) throw sampleNotAccessible();
	const { size, contentType, uploaded } = stored;
	const type = contentType.split('/')[0].toUpperCase();
	if (!uploaded) return { type, size, durationSeconds: null };
	const { durationSeconds } = await readMediaInfo(uploaded.path);
	return { type, size, durationSeconds, isBroken: durationSeconds === null };
}

/** Checks that a voice can be cloned from a voice sample. @throws ApiError if not */
export function checkVoiceSample(
	{ type, size, durationSeconds, isBroken }: VoiceSample,
	{ voiceSampleMinSeconds }: Settings,
): void {
	if (type !== 'AUDIO' && type !== 'VIDEO') {
		throw sampleError(
			422,
			'voice_sample_type_unsupported',
			'A voice sample must be audio or video',
		);
	}
	if (type === 'VIDEO' && (size ?? 0) > MAX_VIDEO_SIZE) {
		throw sampleError(413, 'voice_sample_source_too_large', 'The video is larger than 1 GiB');
	}
	if (isBroken) {
		throw sampleError(422, 'voice_sample_invalid', 'The voice sample is not audio or video');
	}
	if (durationSeconds !== null && durationSeconds < voiceSampleMinSeconds) {
		throw sampleError(422, 'voice_sample_too_short', 'The voice sample is too short');
	}
}
