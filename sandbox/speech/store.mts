import { randomUUID } from 'node:crypto';

import type { components } from '../../nodes/shared/api.ts';

/** A speech, as in the contract. */
export type Speech = components['schemas']['TtsResult'];

/** A speech job. Its status follows from its age. */
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

	reset(): void {
		this.jobs.clear();
	}
}
