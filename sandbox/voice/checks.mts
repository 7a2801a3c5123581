import { ApiError } from '../core/errors.mts';
import type { Caller } from '../core/users.mts';
import type { VoiceState } from './state.mts';
import type { Voice } from './types.mts';

/**
 * The voice does not exist, or is another member's clone.
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
 * Gets a voice that the caller can use, by any of its IDs.
 *
 * @param status the status of the error
 * @throws ApiError if there is none
 */
export function requireVoice(
	id: string,
	{ userId }: Caller,
	{ voices }: Pick<VoiceState, 'voices'>,
	status: 404 | 422,
): Voice {
	const voice = voices.get(id, userId);
	if (!voice) throw voiceNotFound(status);
	return voice;
}
