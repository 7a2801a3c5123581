import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

import type { components } from '../../nodes/shared/api.ts';
import { hasEnded, type StoredGeneration } from '../generation/store.mts';

/** A row of a batch, as in the contract. */
export type BatchRow = components['schemas']['BatchRow'];

/** A batch, and what the API knows about it but does not return. */
export interface StoredBatch {
	id: string;
	/** In ISO 8601. */
	createdAt: string;
	rows: BatchRow[];
	/** The generations of the rows, in the same order; empty until they are created. */
	generations: StoredGeneration[];
	webhookUrl: string | null;
	/** Where the user who created it reaches the sandbox, such as `http://127.0.0.1:8787`. */
	origin: string;
	/** Creates its generations. */
	createGenerations: () => StoredGeneration[];
	/** The timer until its generations are created. */
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
	 * @param pendingMs milliseconds until its generations are created; null for never
	 */
	add(
		batch: Omit<StoredBatch, 'id' | 'generations' | 'timer'>,
		pendingMs: number | null,
	): StoredBatch {
		const stored: StoredBatch = { id: `batch_${randomUUID()}`, generations: [], ...batch };
		this.batches.set(stored.id, stored);
		if (pendingMs === 0) this.start(stored);
		else if (pendingMs !== null) {
			stored.timer = setTimeout(() => this.start(stored), pendingMs).unref();
		}
		return stored;
	}

	/** Creates the generations of a batch, unless they exist. */
	start(batch: StoredBatch): void {
		clearTimeout(batch.timer);
		if (batch.generations.length > 0) return;
		batch.generations = batch.createGenerations();
		if (hasBatchEnded(batch)) this.events.emit('end', batch);
	}

	/** Ends the batch of a generation that has ended, if it was the last one. */
	generationEnded(generation: StoredGeneration): void {
		const batch = this.all().find(({ generations }) => generations.includes(generation));
		if (batch && hasBatchEnded(batch)) this.events.emit('end', batch);
	}

	/** Removes all batches. */
	reset(): void {
		for (const { timer } of this.batches.values()) clearTimeout(timer);
		this.batches.clear();
	}
}
