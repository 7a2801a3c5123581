import { randomUUID } from 'node:crypto';

import type { Speech } from './types.mts';

/** A speech job. Its status depends on its age. */
export interface SpeechJob {
	id: string;
	/** In milliseconds since 1970. */
	createdAt: number;
	/** The result, if the job succeeds. */
	speech: Speech;
}

/** The speech jobs of the organization. */
export class SpeechJobStore {
	private readonly jobs = new Map<string, SpeechJob>();

	add(speech: Speech): SpeechJob {
		const job = { id: randomUUID(), createdAt: Date.now(), speech };
		this.jobs.set(job.id, job);
		return job;
	}

	get(id: string): SpeechJob | undefined {
		return this.jobs.get(id);
	}

	/** Removes all jobs. */
	reset(): void {
		this.jobs.clear();
	}
}
