import type { components } from '../../nodes/shared/api.ts';
import { OWNER_ID } from '../core/users.mts';

/** A voice, as in the contract. */
export type Voice = components['schemas']['Voice'];

/** A voice and its owner. */
export interface StoredVoice {
	voice: Voice;
	/** Undefined for a built-in voice, which every user has. */
	ownerId?: string;
}

/** One ID of each voice in the library, by what tests use the voice for. */
export const VOICES = {
	/** Built in, with an `id`. */
	sarah: 'EXAVITQu4vr4xnSDxMaL',
	/** Built in, with a `voiceId` and no `id`. */
	george: 'G30rg3SandboxVoice01',
	/** Built in, with an `internalVoiceId` and the required fields only. */
	bare: '0a1b2c3d-0000-4000-8000-0000000000b1',
	/** A clone of the owner: the `id` of a voice that has all three. */
	clone: '0a1b2c3d-0000-4000-8000-0000000000c1',
};

/** The voices that exist from the start. All IDs are optional, because it is unknown which ones real voices have. */
export const VOICE_LIBRARY: StoredVoice[] = [
	{
		voice: {
			id: VOICES.sarah,
			name: 'Sarah',
			provider: 'elevenlabs',
			previewUrl: 'https://assets.sync.so/voices/sarah.mp3',
		},
	},
	{
		voice: {
			voiceId: VOICES.george,
			name: 'George',
			provider: 'elevenlabs',
			previewUrl: null,
		},
	},
	{ voice: { internalVoiceId: VOICES.bare, provider: 'elevenlabs' } },
	{
		voice: {
			id: VOICES.clone,
			internalVoiceId: '0a1b2c3d-0000-4000-8000-0000000000c2',
			voiceId: 'Ann4sSandboxVoice001',
			name: 'Anna',
			provider: 'elevenlabs',
			previewUrl: null,
		},
		ownerId: OWNER_ID,
	},
];
