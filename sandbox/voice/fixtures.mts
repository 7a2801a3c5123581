import type { Voice } from './types.mts';

/** One ID of each initial voice, by what tests use the voice for. */
export const VOICES = {
	/** Built in, with an `id`. */
	sarah: 'EXAVITQu4vr4xnSDxMaL',
	/** Built in, with a `voiceId` and no `id`. */
	george: 'G30rg3SandboxVoice01',
	/** Built in, with an `internalVoiceId` and only the required fields. */
	bare: '0a1b2c3d-0000-4000-8000-0000000000b1',
	/** A clone of the owner, which has all three IDs. This is its `id`. */
	clone: '0a1b2c3d-0000-4000-8000-0000000000c1',
};

/** The voices of every user. All IDs are optional, because it is unknown which ones real voices have. */
export const BUILT_IN_VOICES: Voice[] = [
	{
		id: VOICES.sarah,
		name: 'Sarah',
		provider: 'elevenlabs',
		previewUrl: 'https://assets.sync.so/voices/sarah.mp3',
	},
	{ voiceId: VOICES.george, name: 'George', provider: 'elevenlabs', previewUrl: null },
	{ internalVoiceId: VOICES.bare, provider: 'elevenlabs' },
];

/** The initial clone. It belongs to the owner. */
export const CLONE: Voice = {
	id: VOICES.clone,
	internalVoiceId: '0a1b2c3d-0000-4000-8000-0000000000c2',
	voiceId: 'Ann4sSandboxVoice001',
	name: 'Anna',
	provider: 'elevenlabs',
	previewUrl: null,
};
