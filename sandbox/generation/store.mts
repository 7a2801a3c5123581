import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';

import { schedule } from '../core/timers.mts';
import type { Ending, Outcome } from './outcomes.mts';
import type { Generation, GenerationRequest } from './types.mts';

/** A generation, and what the API knows about it but does not return. */
export interface StoredGeneration {
	/** Without the output URL, which is signed for each response. */
	generation: Generation;
	/** The user who created it. */
	userId: string;
	/** The URL at which that user reaches the sandbox, such as `http://127.0.0.1:8787`. */
	origin: string;
	/** Whether it belongs to a batch. */
	inBatch: boolean;
	outcome: Outcome & Required<Pick<Outcome, 'pendingMs' | 'processingMs'>>;
	/** When processing started, in milliseconds since 1970. */
	startedAt?: number;
	/** The timer for its next status. */
	timer?: NodeJS.Timeout;
}

/** The properties of a new generation that are not in the request. */
type Details = Pick<StoredGeneration, 'userId' | 'origin' | 'inBatch' | 'outcome'> & {
	/** In ISO 8601. */
	createdAt: string;
};

/** Counts of all generations since the start or the last reset. */
export interface GenerationTotals {
	/** How many were created. */
	created: number;
	/** How many are PENDING or PROCESSING. */
	active: number;
	/** The highest number that were active at the same time. */
	peakActive: number;
}

/** The duration of every output, in seconds. */
const OUTPUT_SECONDS = 2;

/** The default error for each final status. */
const DEFAULT_ERRORS = {
	FAILED: { error: 'The generation failed', errorCode: 'generation_unknown_error' },
	REJECTED: { error: 'The input was refused', errorCode: 'generation_input_validation_failed' },
	COMPLETED: { error: null, errorCode: null },
};

/** Whether a generation has completed, failed or been rejected. */
export const hasEnded = ({ generation: { status } }: StoredGeneration): boolean =>
	status !== 'PENDING' && status !== 'PROCESSING';

/** The generations of the organization, in the order of creation. Timers change their status. */
export class GenerationStore {
	private readonly generations = new Map<string, StoredGeneration>();

	/** Those that are PENDING or PROCESSING. */
	private readonly active = new Set<StoredGeneration>();

	/** When a generation ends, emits `end` with it, and also an event named after its ID. */
	private readonly events = new EventEmitter().setMaxListeners(0);

	private created = 0;

	private peakActive = 0;

	get totals(): GenerationTotals {
		return { created: this.created, active: this.active.size, peakActive: this.peakActive };
	}

	/** How many generations outside of batches are PENDING or PROCESSING. */
	get activeOutsideBatches(): number {
		return [...this.active].filter(({ inBatch }) => !inBatch).length;
	}

	/** Calls a listener with each generation that ends. */
	onEnd(listener: (generation: StoredGeneration) => void): void {
		this.events.on('end', listener);
	}

	/** Gets all generations, oldest first. */
	all(): StoredGeneration[] {
		return [...this.generations.values()];
	}

	get(id: string): StoredGeneration | undefined {
		return this.generations.get(id.toLowerCase());
	}

	/** Adds a generation and starts processing it. */
	add(request: GenerationRequest, { createdAt, ...details }: Details): StoredGeneration {
		const generation = buildGeneration(request, createdAt);
		const stored: StoredGeneration = { generation, ...details };
		this.generations.set(stored.generation.id, stored);
		this.active.add(stored);
		this.created++;
		const { status, pendingMs } = stored.outcome;
		const isRejected = status === 'REJECTED';
		if (isRejected && pendingMs === 0) this.end(stored);
		else {
			const next = () => (isRejected ? this.end(stored) : this.startProcessing(stored));
			stored.timer = schedule(next, pendingMs);
		}
		this.peakActive = Math.max(this.peakActive, this.active.size);
		return stored;
	}

	private startProcessing(stored: StoredGeneration): void {
		stored.generation = { ...stored.generation, status: 'PROCESSING' };
		stored.startedAt = Date.now();
		stored.timer = schedule(() => this.end(stored), stored.outcome.processingMs);
	}

	/** Ends a generation, unless it has already ended. */
	end(stored: StoredGeneration, ending: Ending = stored.outcome): void {
		clearTimeout(stored.timer);
		if (!this.active.delete(stored)) return;
		const { status = 'COMPLETED' } = ending;
		const { error = DEFAULT_ERRORS[status].error } = ending;
		const { errorCode = DEFAULT_ERRORS[status].errorCode } = ending;
		const outputDuration = status === 'COMPLETED' ? OUTPUT_SECONDS : null;
		stored.generation = { ...stored.generation, status, outputDuration, error, errorCode };
		this.events.emit(stored.generation.id);
		this.events.emit('end', stored);
	}

	/** Leaves a generation in its current status forever. */
	hold(stored: StoredGeneration): void {
		clearTimeout(stored.timer);
	}

	/** Waits until a generation ends or the wait times out. @param timeoutMs in milliseconds */
	async waitForEnd(stored: StoredGeneration, timeoutMs: number): Promise<void> {
		if (hasEnded(stored)) return;
		try {
			await once(this.events, stored.generation.id, { signal: AbortSignal.timeout(timeoutMs) });
		} catch {
			// Timed out.
		}
	}

	delete(id: string): void {
		this.generations.delete(id);
	}

	/** Removes all generations and stops processing them. */
	reset(): void {
		for (const stored of this.generations.values()) this.hold(stored);
		this.generations.clear();
		this.active.clear();
		this.created = 0;
		this.peakActive = 0;
	}
}

function buildGeneration(request: GenerationRequest, createdAt: string): Generation {
	const { model, input, options = null, segments = null } = request;
	const { outputFileName, projectId = null, webhookUrl = null } = request;
	return {
		id: randomUUID(),
		createdAt,
		status: 'PENDING',
		model,
		input,
		options,
		segments,
		outputUrl: null,
		segmentOutputUrl: null,
		outputDuration: null,
		outputFileName: outputFileName?.replace(/[^\w-]/g, '_') ?? null,
		synthesizedAudioUrl: null,
		projectId,
		webhookUrl,
		error: null,
		errorCode: null,
	};
}
