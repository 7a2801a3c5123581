import { readFile, writeFile } from 'node:fs/promises';

/** Memory of a process, in bytes. */
export interface Memory {
	/** Resident now. */
	rss: number;
	/** The most it was since its start, or since `resetPeakMemory`. */
	peak: number;
}

/**
 * Reads how much memory a process holds. Linux only.
 *
 * @throws Error where there is no /proc, or no such process.
 */
export async function readMemory(pid: number): Promise<Memory> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const bytes = (field: string) =>
		Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
	return { rss: bytes('VmRSS'), peak: bytes('VmHWM') };
}

/** Makes the peak of `readMemory` start anew from now. Linux only. */
export async function resetPeakMemory(pid: number): Promise<void> {
	// proc(5): 5 resets the peak resident set size.
	await writeFile(`/proc/${pid}/clear_refs`, '5');
}
