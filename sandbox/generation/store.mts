import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';

import type { components } from '../../nodes/shared/api.ts';
import type { Ending, Outcome } from './outcomes.mts';

/** What a generation is made from. */
export type GenerationRequest = components['schemas']['CreateGenerationRequest'];

/** A generation as the contract has it. */
export type Generation = components['schemas']['Generation'];

/** A generation, and what the API knows of it without telling. */
export interface Job {
	/** All but where its output is, whose address is signed whenever it is told. */
	generation: Generation;
	/** Who asked for it. */
	userId: string;
	/** Where that user reached the sandbox. */
	origin: string;
	/** What comes of it, with the times of the settings where it has none of its own. */
	plan: Outcome & Required<Pick<Outcome, 'pendingMs' | 'processingMs'>>;
	/** When its processing began, in ms since 1970. */
	startedAt?: number;
	/** Until its next step. */
	timer?: NodeJS.Timeout;
}

/** Counts over all generations since the start or the last reset. */
export interface GenerationTotals {
	/** How many were made. */
	created: number;
	/** How many are PENDING or PROCESSING. */
	active: number;
	/** The most that were so at the same time. */
	peakActive: number;
}

/** How long every output is, in seconds. */
export const OUTPUT_SECONDS = 2;

/** Whether nothing comes of it any more. */
export const isFinal = ({ generation: { status } }: Job): boolean =>
	status !== 'PENDING' && status !== 'PROCESSING';

/** What is said of a generation that does not complete, where its outcome does not say it. */
const REASONS = {
	FAILED: { error: 'The generation failed', errorCode: 'generation_unknown_error' },
	REJECTED: { error: 'The input was refused', errorCode: 'generation_input_validation_failed' },
	COMPLETED: { error: null, errorCode: null },
};

/** The generations of the organization, in the order in which they came, each on its way to its end. */
export class GenerationStore {
	private readonly jobs = new Map<string, Job>();

	private readonly endings = new EventEmitter().setMaxListeners(0);

	/** Those that are PENDING or PROCESSING. */
	private readonly running = new Set<Job>();

	private created = 0;

	private peakActive = 0;

	/** @param onEnd is told of each generation that is final */
	constructor(private readonly onEnd: (job: Job) => void) {}

	get totals(): GenerationTotals {
		return { created: this.created, active: this.running.size, peakActive: this.peakActive };
	}

	/** All of them, the earliest first. */
	all(): Job[] {
		return [...this.jobs.values()];
	}

	get(id: string): Job | undefined {
		return this.jobs.get(id.toLowerCase());
	}

	/** Adds a generation, and sets it on its way. */
	begin(
		request: GenerationRequest,
		known: Pick<Job, 'userId' | 'origin' | 'plan'> & { createdAt: string },
	): Job {
		const { model, input, options = null, segments = null } = request;
		const { outputFileName, projectId = null, webhookUrl = null } = request;
		const { createdAt, ...rest } = known;
		const generation: Generation = {
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
		const job: Job = { generation, ...rest };
		this.jobs.set(generation.id, job);
		this.running.add(job);
		this.created++;
		const { status, pendingMs } = job.plan;
		if (status === 'REJECTED' && pendingMs === 0) this.end(job);
		else next(job, pendingMs, () => (status === 'REJECTED' ? this.end(job) : this.process(job)));
		this.peakActive = Math.max(this.peakActive, this.running.size);
		return job;
	}

	private process(job: Job): void {
		job.generation = { ...job.generation, status: 'PROCESSING' };
		job.startedAt = Date.now();
		next(job, job.plan.processingMs, () => this.end(job));
	}

	/** Brings a generation to its end, if it is not there yet. */
	end(job: Job, ending: Ending = job.plan): void {
		clearTimeout(job.timer);
		if (!this.running.delete(job)) return;
		const { status = 'COMPLETED' } = ending;
		const { error = REASONS[status].error, errorCode = REASONS[status].errorCode } = ending;
		const outputDuration = status === 'COMPLETED' ? OUTPUT_SECONDS : null;
		job.generation = { ...job.generation, status, outputDuration, error, errorCode };
		this.endings.emit(job.generation.id);
		this.onEnd(job);
	}

	/** Leaves a generation as it is, for ever. */
	hold(job: Job): void {
		clearTimeout(job.timer);
	}

	/** Waits until a generation is final, or the time is over. */
	async untilFinal(job: Job, ms: number): Promise<void> {
		if (isFinal(job)) return;
		try {
			await once(this.endings, job.generation.id, { signal: AbortSignal.timeout(ms) });
		} catch {
			// Then it is not final yet.
		}
	}

	delete(id: string): void {
		this.jobs.delete(id);
	}

	/** Ends the way of all generations, and forgets them. */
	reset(): void {
		for (const job of this.jobs.values()) this.hold(job);
		this.jobs.clear();
		this.running.clear();
		this.created = 0;
		this.peakActive = 0;
	}
}

/** The next step of a generation; it keeps no process alive. */
function next(job: Job, ms: number | null, step: () => void): void {
	if (ms !== null) job.timer = setTimeout(step, ms).unref();
}
