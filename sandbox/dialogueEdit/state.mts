import type { UrlSigner } from '../storage/urls.mts';
import type { TranscriptionState } from '../transcription/state.mts';
import type { DialogueEditStore } from './store.mts';

/** The part of the sandbox's state that dialogue edits use. */
export interface DialogueEditState extends TranscriptionState {
	urls: UrlSigner;
	dialogueEdits: DialogueEditStore;
}
