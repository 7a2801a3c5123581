/** How many lines of a log an error repeats. */
const LINES = 40;

/** Returns the end of a log. */
export const getEnd = (log: string): string => log.trim().split('\n').slice(-LINES).join('\n');

/** Adds the end of a process's log to the error that it did not start. @param name of the process */
export const startError = (name: string, error: unknown, log: string): Error =>
	new Error(
		`${name} did not start: ${(error as Error).message}. The end of its log:\n${getEnd(log)}`,
		{
			cause: error,
		},
	);
