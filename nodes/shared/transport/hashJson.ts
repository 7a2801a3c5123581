import { createHash } from 'node:crypto';

/** The SHA-256 digest of a value as JSON, in hexadecimal. It is the same in any process. */
export const hashJson = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex');
