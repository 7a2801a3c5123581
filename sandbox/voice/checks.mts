import { ApiError } from '../core/errors.mts';
import type { Caller } from '../core/users.mts';
import type { Voice } from './fixtures.mts';
import type { VoiceStore } from './store.mts';

/** What voice checks need from the state of the sandbox. */
interface Context {
	voices: VoiceStore;
}

/**
 * The voice does not exist, or is a clone of another member.
 *
 * @param status 404 for an ID in the path, 422 for one in the body
 */
export const voiceNotFound = (status: 404 | 422) =>
	new ApiError(status, {
		message: 'Voice not found',
		errorCode: 'voice_not_found',
		suggestion: 'List the voices to find the id of one that you can use.',
	});

/**
 * Gets a voice of the caller by any of its IDs.
 *
 * @param status of the error
 * @throws ApiError if there is none
 */
export function requireVoice(
	id: string,
	{ userId }: Caller,
	{ voices }: Context,
	status: 404 | 422,
): Voice {
	const voice = voices.get(id, userId);
	if (!voice) throw voiceNotFound(status);
	return voice;
}
