import type { IDataObject } from 'n8n-workflow';
import type { components } from '../api';
import { unexpectedBodyError } from '../transport/errors';
import { toItem } from './toItem';

/** A voice as the API returns it. */
export type Voice = components['schemas']['Voice'];

/** The provider to name in requests. sync.so has no other. */
export const VOICE_PROVIDER = 'elevenlabs';

/** Every documented field of a voice, in output order. */
export const VOICE_FIELDS = ['id', 'internalVoiceId', 'voiceId', 'name', 'provider', 'previewUrl'];

const ID_FIELDS = ['id', 'internalVoiceId', 'voiceId'];

/** Whether a response body is a voice: an object with at least one of the IDs of a voice. */
export function isVoice(body: unknown): body is Voice {
	const fields = (body ?? {}) as Record<string, unknown>;
	return typeof body === 'object' && ID_FIELDS.some((id) => typeof fields[id] === 'string');
}

/** The voice in a response body. @throws FailureError if there is none */
export function parseVoice(body: unknown): Voice {
	if (isVoice(body)) return body;
	throw unexpectedBodyError('a voice', body);
}

/** The output for a voice: every documented field, `null` if the API left it out. Unknown fields are kept. */
export const toVoiceItem = (voice: Voice): IDataObject => toItem(voice, VOICE_FIELDS);
