import { randomUUID } from 'node:crypto';

/** A job in the background. Its status depends on its age. */
export interface StoredJob {
	id: string;
	/** In milliseconds since 1970. */
	createdAt: number;
}

/** How long the steps of a job take, in milliseconds. */
export interface JobTimes {
	pendingMs: number;
	processingMs: number;
}

/** How long a client should wait before it polls an active job again, in seconds. */
export const JOB_RETRY_AFTER = '3';

/** The status of a job that has not ended; undefined if it has. */
export function getActiveStatus(
	{ createdAt }: StoredJob,
	{ pendingMs, processingMs }: JobTimes,
): 'PENDING' | 'PROCESSING' | undefined {
	const age = Date.now() - createdAt;
	if (age < pendingMs) return 'PENDING';
	return age < pendingMs + processingMs ? 'PROCESSING' : undefined;
}

/** The jobs of one kind of the organization. */
export class JobStore<Job extends StoredJob> {
	private readonly jobs = new Map<string, Job>();

	/** Adds a job. @param details its properties besides ID and time */
	add(details: Omit<Job, keyof StoredJob>): Job {
		const job = { id: randomUUID(), createdAt: Date.now(), ...details } as Job;
		this.jobs.set(job.id, job);
		return job;
	}

	get(id: string): Job | undefined {
		return this.jobs.get(id);
	}

	/** Finds the first job that meets a condition. */
	find(matches: (job: Job) => boolean): Job | undefined {
		return [...this.jobs.values()].find(matches);
	}

	/** Removes all jobs. */
	reset(): void {
		this.jobs.clear();
	}
}
