import { randomUUID } from 'node:crypto';

import type { components } from '../../nodes/shared/api.ts';
import { IdempotentRequests } from '../core/idempotency.mts';

/** A speech job. */
export interface SpeechJob {
	id: string;
	/** In ms since 1970. */
	createdAt: number;
	/** What it makes in the end. */
	speech: components['schemas']['TtsResult'];
}

/** The speech jobs of the organization. */
export class SpeechJobStore {
	/** Those that jobs came from. */
	readonly requests = new IdempotentRequests<SpeechJob>();

	private readonly jobs = new Map<string, SpeechJob>();

	reset(): void {
		this.requests.reset();
		this.jobs.clear();
	}

	add(speech: SpeechJob['speech']): SpeechJob {
		const job = { id: randomUUID(), createdAt: Date.now(), speech };
		this.jobs.set(job.id, job);
		return job;
	}

	get(id: string): SpeechJob | undefined {
		return this.jobs.get(id);
	}
}
