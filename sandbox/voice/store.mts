import { VOICE_LIBRARY, type StoredVoice, type Voice } from './fixtures.mts';

/** The voices of the organization: built-in ones for everyone, and clones for their owners. */
export class VoiceStore {
	private voices = VOICE_LIBRARY;

	/** The clones of all users. */
	get clones(): StoredVoice[] {
		return this.voices.filter(({ ownerId }) => ownerId !== undefined);
	}

	/** Gets every voice of a user. */
	availableTo(userId: string): Voice[] {
		return this.voices
			.filter(({ ownerId = userId }) => ownerId === userId)
			.map(({ voice }) => voice);
	}

	/** Gets a voice of a user by any of its IDs. */
	get(id: string, userId: string): Voice | undefined {
		return this.availableTo(userId).find((voice) =>
			[voice.id, voice.voiceId, voice.internalVoiceId].includes(id),
		);
	}

	addClone(voice: Voice, ownerId: string): void {
		this.voices = [...this.voices, { voice, ownerId }];
	}

	/** Deletes a clone by its `id`. @returns whether the user had it */
	deleteClone(id: string, userId: string): boolean {
		const clone = this.clones.find(({ voice, ownerId }) => voice.id === id && ownerId === userId);
		this.voices = this.voices.filter((stored) => stored !== clone);
		return clone !== undefined;
	}

	/** Restores the voices of the library. */
	reset(): void {
		this.voices = VOICE_LIBRARY;
	}
}
