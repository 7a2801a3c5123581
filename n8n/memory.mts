import { readFile, writeFile } from 'node:fs/promises';

/** Memory usage of a process, in bytes. */
export interface Memory {
	/** The current resident set size. */
	rss: number;
	/** The peak resident set size since the process started, or since `resetPeakMemory`. */
	peak: number;
}

/** Returns the memory usage of a process. Linux only. @throws Error if there is no /proc or no such process */
export async function readMemory(pid: number): Promise<Memory> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const bytes = (field: string) =>
		Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
	return { rss: bytes('VmRSS'), peak: bytes('VmHWM') };
}

/** Resets the peak that `readMemory` returns. Linux only. */
export async function resetPeakMemory(pid: number): Promise<void> {
	// proc(5): 5 resets the peak resident set size.
	await writeFile(`/proc/${pid}/clear_refs`, '5');
}
