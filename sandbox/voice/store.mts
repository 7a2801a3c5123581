import { OWNER_ID } from '../core/users.mts';
import { BUILT_IN_VOICES, CLONE } from './fixtures.mts';
import type { Voice } from './types.mts';

interface StoredClone {
	voice: Voice;
	ownerId: string;
}

/** The voices of the organization: built-in ones for everyone, and clones for their owners. */
export class VoiceStore {
	private stored: StoredClone[] = [];

	constructor() {
		this.reset();
	}

	/** The clones of all users. */
	get clones(): Voice[] {
		return this.stored.map(({ voice }) => voice);
	}

	/** Gets all voices that a user can use. */
	listAvailable(userId: string): Voice[] {
		const own = this.stored.filter(({ ownerId }) => ownerId === userId);
		return [...BUILT_IN_VOICES, ...own.map(({ voice }) => voice)];
	}

	/** Gets a voice that a user can use, by any of its IDs; undefined if there is none. */
	get(id: string, userId: string): Voice | undefined {
		return this.listAvailable(userId).find((voice) =>
			[voice.id, voice.voiceId, voice.internalVoiceId].includes(id),
		);
	}

	addClone(voice: Voice, ownerId: string): void {
		this.stored.push({ voice, ownerId });
	}

	/** Deletes a clone by its `id`. @returns whether the user had it */
	deleteClone(id: string, userId: string): boolean {
		const index = this.stored.findIndex(
			({ voice, ownerId }) => voice.id === id && ownerId === userId,
		);
		if (index >= 0) this.stored.splice(index, 1);
		return index >= 0;
	}

	/** Restores the initial clone and removes all others. */
	reset(): void {
		this.stored = [{ voice: CLONE, ownerId: OWNER_ID }];
	}
}
