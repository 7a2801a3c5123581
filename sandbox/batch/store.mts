import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

import { schedule } from '../core/timers.mts';
import { hasEnded, type StoredGeneration } from '../generation/store.mts';
import type { BatchRow } from './types.mts';

/** A batch, and what the API knows about it but does not return. */
export interface StoredBatch {
	id: string;
	/** In ISO 8601. */
	createdAt: string;
	rows: BatchRow[];
	/** The generations of the rows, in the same order; empty until they are created. */
	generations: StoredGeneration[];
	webhookUrl: string | null;
	/** The URL at which its creator reaches the sandbox, such as `http://127.0.0.1:8787`. */
	origin: string;
	/** Creates the generations of the rows. */
	createGenerations: () => StoredGeneration[];
	/** The timer that creates its generations. */
	timer?: NodeJS.Timeout;
}

/** Whether all generations of a batch have ended. */
export const hasBatchEnded = ({ generations }: StoredBatch): boolean =>
	generations.length > 0 && generations.every(hasEnded);

/** The batches of the organization, in the order of creation. */
export class BatchStore {
	private readonly batches = new Map<string, StoredBatch>();

	private readonly events = new EventEmitter();

	/** Calls a listener with each batch that ends. */
	onEnd(listener: (batch: StoredBatch) => void): void {
		this.events.on('end', listener);
	}

	/** Gets all batches, oldest first. */
	all(): StoredBatch[] {
		return [...this.batches.values()];
	}

	get(id: string): StoredBatch | undefined {
		return this.batches.get(id);
	}

	/**
	 * Adds a batch.
	 *
	 * @param pendingMs how long to wait before creating its generations, in milliseconds; null for forever
	 */
	add(
		batch: Omit<StoredBatch, 'id' | 'generations' | 'timer'>,
		pendingMs: number | null,
	): StoredBatch {
		const stored: StoredBatch = { id: `batch_${randomUUID()}`, generations: [], ...batch };
		this.batches.set(stored.id, stored);
		if (pendingMs === 0) this.ensureGenerations(stored);
		else stored.timer = schedule(() => this.ensureGenerations(stored), pendingMs);
		return stored;
	}

	/** Creates the generations of a batch, unless they already exist. */
	ensureGenerations(batch: StoredBatch): void {
		clearTimeout(batch.timer);
		if (batch.generations.length > 0) return;
		batch.generations = batch.createGenerations();
		if (hasBatchEnded(batch)) this.events.emit('end', batch);
	}

	/** Ends the batch of a generation that has ended, if it was the last one to end. */
	handleGenerationEnd(generation: StoredGeneration): void {
		const batch = this.all().find(({ generations }) => generations.includes(generation));
		if (batch && hasBatchEnded(batch)) this.events.emit('end', batch);
	}

	/** Removes all batches and stops their timers. */
	reset(): void {
		for (const { timer } of this.batches.values()) clearTimeout(timer);
		this.batches.clear();
	}
}
