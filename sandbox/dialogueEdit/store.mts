import { JobStore, type StoredJob } from '../core/jobStore.mts';
import type { DialogueEditRequest } from './types.mts';

/** A dialogue edit. */
export interface StoredDialogueEdit extends StoredJob {
	request: DialogueEditRequest;
	/** The URL of the preview, once it is completed. */
	previewUrl: string;
}

/** The dialogue edits of the organization. */
export class DialogueEditStore extends JobStore<StoredDialogueEdit> {}
