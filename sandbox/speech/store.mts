import { JobStore, type StoredJob } from '../core/jobStore.mts';
import type { Speech } from './types.mts';

/** A speech job. */
export interface SpeechJob extends StoredJob {
	/** The result, if the job succeeds. */
	speech: Speech;
}

/** The speech jobs of the organization. */
export class SpeechJobStore extends JobStore<SpeechJob> {}
