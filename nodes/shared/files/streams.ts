import type { IExecuteSingleFunctions } from 'n8n-workflow';

/** A stream as n8n's helpers return it. */
export type FileStream = Awaited<ReturnType<IExecuteSingleFunctions['helpers']['getBinaryStream']>>;

/**
 * Creates a stream of chunks. Nodes may not import `node:stream`, so this uses the class of an existing stream.
 *
 * @param stream any stream from n8n
 */
export const createStream = (stream: FileStream, chunks: AsyncIterable<Uint8Array>): FileStream =>
	(stream.constructor as unknown as { from: (chunks: unknown) => FileStream }).from(chunks);
