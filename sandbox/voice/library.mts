import type { components } from '../../nodes/shared/api.ts';
import { OWNER_ID } from '../asset/library.mts';

/** A voice as the contract has it. */
export type Voice = components['schemas']['Voice'];

/** A voice, and whose clone it is; undefined for a built-in voice, which all have. */
export interface VoiceHolding {
	voice: Voice;
	ownerId?: string;
}

/** IDs by which a voice of the library is known, by what the voice is there for. */
export const VOICES = {
	/** Built in, with an `id`. */
	sarah: 'EXAVITQu4vr4xnSDxMaL',
	/** Built in, with a `voiceId` and no `id`. */
	george: 'G30rg3SandboxVoice01',
	/** Built in, with an `internalVoiceId` and nothing else. */
	bare: '0a1b2c3d-0000-4000-8000-0000000000b1',
	/** The owner's clone: the `id` of a voice that has all three. */
	clone: '0a1b2c3d-0000-4000-8000-0000000000c1',
};

/** The voices that are always there. Which of its IDs a real voice has is not known: all are optional. */
export const VOICE_LIBRARY: VoiceHolding[] = [
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
