import type { IDataObject } from 'n8n-workflow';
import type { components } from '../api';
import { unexpectedBodyError } from '../transport/errors';
import { toItem } from './item';

/** A voice as the API sends it. */
export type Voice = components['schemas']['Voice'];

/** Who speaks, as requests name it: sync.so has no other provider of voices. */
export const VOICE_PROVIDER = 'elevenlabs';

/** Every documented field of a voice, in the order of the output. */
export const VOICE_FIELDS = ['id', 'internalVoiceId', 'voiceId', 'name', 'provider', 'previewUrl'];

const VOICE_IDS = ['id', 'internalVoiceId', 'voiceId'];

/** Whether a body from the API is a voice: an object with one of the IDs that a voice can have. */
export function isVoice(body: unknown): body is Voice {
	const fields = (body ?? {}) as Record<string, unknown>;
	return typeof body === 'object' && VOICE_IDS.some((id) => typeof fields[id] === 'string');
}

/** The voice in an answer. @throws FailureError when it holds none */
export function parseVoice(body: unknown): Voice {
	if (isVoice(body)) return body;
	throw unexpectedBodyError('a voice', body);
}

/** The output of a voice: every documented field, `null` where the API left it out; unknown fields as they are. */
export const toVoiceItem = (voice: Voice): IDataObject => toItem(voice, VOICE_FIELDS);
