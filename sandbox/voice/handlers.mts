import { randomBytes, randomUUID } from 'node:crypto';

import { ApiError, BadRequest } from '../core/errors.mts';
import type { ApiRequest, Handlers } from '../core/handlers.mts';
import { measure } from '../storage/measure.mts';
import type { Settings } from '../core/settings.mts';
import type { State } from '../state.mts';
import { keyFromUrl } from '../storage/urls.mts';
import type { Voice } from './library.mts';

/** What a video may have at most to take a voice from it, in bytes. */
const MAX_VIDEO = 1024 ** 3;

/** What is known of the sample that a voice is to be cloned from; null is not known. */
interface VoiceSample {
	/** `AUDIO`, `VIDEO`, or what can't be a sample. */
	type: string;
	size: number | null;
	durationSeconds: number | null;
	/** Whether it was found not to be media. */
	isBroken?: boolean;
}

/** The voice is not there, or is another member's. @param status 422 where a body speaks of it */
export const voiceNotFound = (status: 404 | 422) =>
	new ApiError(status, {
		message: 'Voice not found',
		errorCode: 'voice_not_found',
		suggestion: 'List the voices to find the id of one that you can use.',
	});

const refused = (status: number, errorCode: string, message: string) =>
	new ApiError(status, { message, errorCode });

/** The sample that a request names. @throws ApiError when it is not there, or not one of Sync's files */
async function sampleOf(
	{ body: { url = '', assetId }, caller, origin }: ApiRequest<'cloneVoice'>,
	{ assets, files }: State,
): Promise<VoiceSample> {
	// The contract has no 404 here: an asset that is not there counts as one that can't be read.
	const inaccessible = () =>
		refused(422, 'voice_sample_not_accessible', 'The voice sample could not be read');
	if (assetId !== undefined) {
		const asset = assets.get(assetId, caller.userId)?.asset;
		if (!asset) throw inaccessible();
		const { type, size = null, durationSeconds = null } = asset;
		return { type, size, durationSeconds };
	}
	const key = keyFromUrl(url.split('?')[0], origin);
	if (key === undefined) {
		throw refused(422, 'voice_sample_upload_required', 'Upload the voice sample to Sync first');
	}
	const stored = files.get(key);
	if (!stored) throw inaccessible();
	const { size, contentType, uploaded } = stored;
	const type = contentType.split('/')[0].toUpperCase();
	if (!uploaded) return { type, size, durationSeconds: null };
	const { durationSeconds = null } = await measure(uploaded.file);
	return { type, size, durationSeconds, isBroken: durationSeconds === null };
}

/** @throws ApiError when no voice can be taken from the sample */
function checkSample(
	{ type, size, durationSeconds, isBroken }: VoiceSample,
	{ voiceSampleMinSeconds }: Settings,
): void {
	if (type !== 'AUDIO' && type !== 'VIDEO') {
		throw refused(422, 'voice_sample_type_unsupported', 'A voice sample must be audio or video');
	}
	if (type === 'VIDEO' && (size ?? 0) > MAX_VIDEO) {
		throw refused(413, 'voice_sample_source_too_large', 'The video is larger than 1 GiB');
	}
	if (isBroken) {
		throw refused(422, 'voice_sample_invalid', 'The voice sample has nothing that can be played');
	}
	if (durationSeconds !== null && durationSeconds < voiceSampleMinSeconds) {
		throw refused(422, 'voice_sample_too_short', 'The voice sample is too short');
	}
}

/** Voices: those that there are, and clones. */
export const voiceHandlers: Handlers = {
	listVoices: ({ caller }, { voices }) => voices.of(caller.userId),

	getVoice: ({ params, caller }, { voices }) => {
		const voice = voices.get(params.id, caller.userId);
		if (!voice) throw voiceNotFound(404);
		return voice;
	},

	cloneVoice: async (request, state) => {
		const { name, provider, url, assetId } = request.body;
		const { voices, settings } = state;
		// What the real API makes of both or neither is not known: a client has no reason to send that.
		const faults = [
			...(name.trim() === '' ? ['name should not be empty'] : []),
			...((url === undefined) === (assetId === undefined) ? ['give either url or assetId'] : []),
		];
		if (faults.length > 0) throw new BadRequest(faults);
		if (voices.clones.length >= (settings.voiceCloneLimit ?? Infinity)) {
			throw refused(403, 'voice_clone_limit_reached', 'Your plan has no more voice clones');
		}
		if (voices.clones.some(({ voice }) => voice.name === name)) {
			throw refused(409, 'voice_name_conflict', 'A voice with this name exists already');
		}
		checkSample(await sampleOf(request, state), settings);
		const clone: Voice = {
			id: randomUUID(),
			internalVoiceId: randomUUID(),
			voiceId: randomBytes(10).toString('hex'),
			name,
			provider,
			previewUrl: null,
		};
		voices.addClone(clone, request.caller.userId);
		return clone;
	},

	deleteVoice: ({ params, caller }, { voices }) => {
		if (!voices.deleteClone(params.id, caller.userId)) throw voiceNotFound(404);
		return true;
	},
};
