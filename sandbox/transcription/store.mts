import { JobStore, type StoredJob } from '../core/jobStore.mts';

/** A transcription. */
export interface StoredTranscription extends StoredJob {
	/** The URL of what is transcribed. */
	sourceUrl: string;
	isVideo: boolean;
}

/** The transcriptions of the organization. */
export class TranscriptionStore extends JobStore<StoredTranscription> {}
