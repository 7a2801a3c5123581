import { randomUUID } from 'node:crypto';

import type { components } from '../../nodes/shared/api.ts';
import { isFinal, type Job } from '../generation/store.mts';

/** A row of a batch, as it is asked for. */
export type BatchRow = components['schemas']['BatchRow'];

/** A batch, and what the API knows of it without telling. */
export interface Batch {
	id: string;
	/** In the API's form. */
	createdAt: string;
	rows: BatchRow[];
	/** The generations of the rows, in their order; none as long as they are not made. */
	jobs: Job[];
	webhookUrl: string | null;
	/** Where the user who asked for it reached the sandbox. */
	origin: string;
	/** Makes its generations. */
	start: () => Job[];
	/** Until they are made. */
	timer?: NodeJS.Timeout;
}

/** Whether nothing comes of it any more. */
export const isOver = ({ jobs }: Batch): boolean => jobs.length > 0 && jobs.every(isFinal);

/** The batches of the organization, in the order in which they came. */
export class BatchStore {
	private readonly batches = new Map<string, Batch>();

	/** @param onEnd is told of each batch that is over */
	constructor(private readonly onEnd: (batch: Batch) => void) {}

	/** How many of their generations are on their way. */
	get active(): number {
		return this.all().flatMap(({ jobs }) => jobs.filter((job) => !isFinal(job))).length;
	}

	/** All of them, the earliest first. */
	all(): Batch[] {
		return [...this.batches.values()];
	}

	get(id: string): Batch | undefined {
		return this.batches.get(id);
	}

	/** Adds a batch. @param pendingMs until its generations are made; 0: they are made at once; null: for ever */
	add(batch: Omit<Batch, 'id' | 'jobs' | 'timer'>, pendingMs: number | null): Batch {
		const added: Batch = { id: `batch_${randomUUID()}`, jobs: [], ...batch };
		this.batches.set(added.id, added);
		if (pendingMs === 0) this.start(added);
		else if (pendingMs !== null)
			added.timer = setTimeout(() => this.start(added), pendingMs).unref();
		return added;
	}

	/** Makes the generations of a batch that has none yet. */
	start(batch: Batch): void {
		clearTimeout(batch.timer);
		if (batch.jobs.length > 0) return;
		batch.jobs = batch.start();
		if (isOver(batch)) this.onEnd(batch);
	}

	/** Takes note of a generation that is final: it may have been the last one of a batch. */
	ended(job: Job): void {
		const batch = this.all().find(({ jobs }) => jobs.includes(job));
		if (batch && isOver(batch)) this.onEnd(batch);
	}

	reset(): void {
		for (const { timer } of this.batches.values()) clearTimeout(timer);
		this.batches.clear();
	}
}
