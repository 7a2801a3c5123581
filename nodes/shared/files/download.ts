import type { IBinaryData, IN8nHttpFullResponse } from 'n8n-workflow';
import { FailureError, inputError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';
import { requireBody } from '../transport/itemContext';
import { classifyError, failureFromError } from '../transport/networkErrors';
import { addExtension, isSpecific, stripParameters } from './mediaTypes';
import type { OpenFile } from './openFile';
import { closeFile, openFile } from './openFile';
import { checkFileUrl, formatMegabytes, isExpired } from './storage';
import { createStream } from './streams';

/** Once a download gets this many bytes further, all its retries are available again. */
const PROGRESS_BYTES = 1024 ** 2;
/** Upper limit of the backoff between retries. */
const MAX_BACKOFF_MS = 30_000;

/** A file to download. */
export interface FileToDownload {
	/** Returns a URL of the file, which may expire within minutes. */
	url: () => Promise<unknown>;
	/** If it has no extension, the one for the file's MIME type is appended. */
	name: string;
	/** The fallback if the storage doesn't return a specific type. */
	mimeType?: string;
	/** The size in bytes, if the API returns it. */
	size?: number;
	/** The maximum size in bytes. A larger file fails. */
	maxSize: number;
}

/**
 * Downloads a file into n8n's binary data as one stream, without sending the API key. Resumes an interrupted download
 * if the storage supports that.
 *
 * @throws FailureError if it can't be downloaded, or is too large
 */
export async function downloadFile(
	item: ItemContext,
	source: FileToDownload,
): Promise<IBinaryData> {
	return await readRemoteFile(item, source, async (chunks, { stream, headers }) => {
		const mimeType = chooseMimeType(headers, source);
		const body = createStream(stream, chunks);
		const name = addExtension(source.name, mimeType);
		return await item.context.helpers.prepareBinaryData(body, name, mimeType);
	});
}

/** Creates a {@link FileToDownload.url} for an API path that returns the URL as plain text. */
export const createUrlRequest = (item: ItemContext, path: string) => async (): Promise<unknown> =>
	await item.request({ method: 'GET', url: path, headers: { Accept: '*/*' }, body: undefined });

/**
 * Reads a file chunk by chunk as it arrives.
 *
 * @param read consumes the chunks; called again if the file has to be read from its beginning once more
 * @throws FailureError if it can't be read, or is too large
 */
export async function readRemoteFile<T>(
	item: ItemContext,
	source: FileToDownload,
	read: (chunks: AsyncIterable<Uint8Array>, file: OpenFile) => Promise<T>,
): Promise<T> {
	const interruptions = new Interruptions(item);
	for (;;) {
		const file = await openFromStart(item, source, interruptions.isFirstAttempt);
		const transfer = new Transfer(item, source, file, interruptions);
		const [result] = await Promise.allSettled([read(transfer.chunks(), file)]);
		transfer.close();
		if (result.status === 'fulfilled') return result.value;
		item.run.cancellation.throwIfCanceled();
		const { problem = result.reason as unknown } = transfer;
		const mayRestart = transfer.problem !== undefined && classifyError(problem).isRetryable;
		if (!mayRestart || !(await interruptions.waitToContinue())) {
			throw new FailureError(failureFromError(problem, transfer.server));
		}
	}
}

/**
 * Opens a file from its beginning. After an interruption, {@link Interruptions} limits the retries instead.
 *
 * @throws FailureError if it can't be opened
 */
async function openFromStart(
	item: ItemContext,
	source: FileToDownload,
	isFirstAttempt: boolean,
): Promise<OpenFile> {
	const open = async () => {
		const url = await checkFileUrl(item, await source.url());
		return await openFile(item, url, undefined, isFirstAttempt ? undefined : 0);
	};
	let response = await open();
	// The URL may expire while many items are queued: renew it once.
	if (isExpired(response)) response = await open();
	return requireBody(response) as OpenFile;
}

/** Counts the interruptions of a download since its last progress, to limit its retries. */
class Interruptions {
	/** Whether the download hasn't been interrupted yet. */
	isFirstAttempt = true;

	private count = 0;

	/** How many bytes had been received at the last progress. */
	private furthest = 0;

	constructor(private readonly item: ItemContext) {}

	/** Resets the count if the download got further. @param received total number of bytes received so far */
	recordProgress(received: number): void {
		if (received - this.furthest <= PROGRESS_BYTES) return;
		this.furthest = received;
		this.count = 0;
	}

	/** Waits before the next attempt. @returns false if there were too many interruptions */
	async waitToContinue(): Promise<boolean> {
		const { settings, run } = this.item;
		this.isFirstAttempt = false;
		if (this.count >= settings.maxRetries) return false;
		await run.sender.pause(Math.min(MAX_BACKOFF_MS, 1000 * 2 ** this.count++));
		return true;
	}
}

/** The content of a file, resumed over several responses if necessary. */
class Transfer {
	/** Why the content ended too early; undefined if it didn't. */
	problem?: unknown;

	private received = 0;

	constructor(
		private readonly item: ItemContext,
		private readonly source: FileToDownload,
		private file: OpenFile,
		private readonly interruptions: Interruptions,
	) {}

	get server() {
		return { host: this.file.host, isApi: false };
	}

	/** The content, chunk by chunk. @throws the problem if it ended too early and can't be resumed */
	async *chunks(): AsyncGenerator<Uint8Array> {
		do yield* this.readResponse();
		while (this.problem !== undefined && (await this.resume()));
		if (this.problem !== undefined) throw this.problem;
	}

	/** Ends the transfer, finished or not. */
	close(): void {
		closeFile(this.file);
	}

	private async *readResponse(): AsyncGenerator<Uint8Array> {
		const { stream, guard, size = this.source.size ?? 0 } = this.file;
		this.problem = undefined;
		guard.signal.addEventListener('abort', () => stream.destroy(new StalledError()), {
			once: true,
		});
		try {
			checkSize(size, this.source);
			for await (const chunk of stream) {
				guard.recordProgress();
				this.received += (chunk as Uint8Array).length;
				checkSize(this.received, this.source);
				yield chunk as Uint8Array;
			}
			// Without a Content-Length, a dropped connection looks like the end of the file.
			if (this.received < size) this.problem = new CutOffError();
		} catch (error) {
			this.problem = error;
		} finally {
			guard.end();
		}
	}

	/** Requests the rest of the file. @returns false if it isn't available */
	private async resume(): Promise<boolean> {
		const { validator } = this.file;
		this.interruptions.recordProgress(this.received);
		if (validator === undefined || this.received === 0) return false;
		if (!classifyError(this.problem).isRetryable) return false;
		while (await this.interruptions.waitToContinue()) {
			const url = await checkFileUrl(this.item, await this.source.url());
			const remainder = { start: this.received, validator };
			const response = await openFile(this.item, url, remainder, 0);
			if (response.ok) return this.continueWith(response.body as OpenFile);
			if (!response.isTemporary && !isExpired(response)) return false;
		}
		return false;
	}

	/** Continues with the rest of the file. @returns false if it is something else: the file has changed meanwhile */
	private continueWith(file: OpenFile): boolean {
		if (file.start !== this.received) {
			closeFile(file);
			return false;
		}
		this.file = file;
		return true;
	}
}

/** No bytes arrived for too long. */
class StalledError extends Error {
	readonly code = 'ETIMEDOUT';
}

/** The connection was closed before the end of the file. */
class CutOffError extends Error {
	readonly code = 'ECONNRESET';
}

function chooseMimeType(
	headers: IN8nHttpFullResponse['headers'],
	{ mimeType }: FileToDownload,
): string | undefined {
	const reported = stripParameters(headers['content-type'] as string | undefined);
	return isSpecific(reported) ? reported : (mimeType ?? reported) || undefined;
}

/** @throws FailureError if the file is too large */
function checkSize(size: number, { name, maxSize }: FileToDownload): void {
	if (size <= maxSize) return;
	throw inputError(
		`The file '${name}' is ${formatMegabytes(size)}, which is over 'Max Size (MB)' (${maxSize / 1e6} MB)`,
		"Raise 'Max Size (MB)' under 'Options', or leave this file out",
	);
}
