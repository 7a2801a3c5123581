import { VOICE_LIBRARY, type Voice, type VoiceHolding } from './library.mts';

/** The voices of the organization: built-in ones for all, clones for those who made them. */
export class VoiceStore {
	private holdings = VOICE_LIBRARY;

	/** Leaves the library and nothing else. */
	reset(): void {
		this.holdings = VOICE_LIBRARY;
	}

	/** All that a user has. */
	of(userId: string): Voice[] {
		return this.holdings
			.filter(({ ownerId = userId }) => ownerId === userId)
			.map(({ voice }) => voice);
	}

	/** The voice with this ID, whichever of a voice's IDs it is; undefined when the user has none. */
	get(id: string, userId: string): Voice | undefined {
		return this.of(userId).find((voice) =>
			[voice.id, voice.voiceId, voice.internalVoiceId].includes(id),
		);
	}

	/** All clones, whoever made them. */
	get clones(): VoiceHolding[] {
		return this.holdings.filter(({ ownerId }) => ownerId !== undefined);
	}

	addClone(voice: Voice, ownerId: string): void {
		this.holdings = [...this.holdings, { voice, ownerId }];
	}

	/** @returns whether the user had a clone with this `id` */
	deleteClone(id: string, userId: string): boolean {
		const clone = this.clones.find(({ voice, ownerId }) => voice.id === id && ownerId === userId);
		this.holdings = this.holdings.filter((holding) => holding !== clone);
		return clone !== undefined;
	}
}
