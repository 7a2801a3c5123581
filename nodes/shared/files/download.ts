import type { IBinaryData, IN8nHttpFullResponse } from 'n8n-workflow';
import { FailureError, inputError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';
import { getBody } from '../transport/itemContext';
import { classifyError, failureFromError } from '../transport/networkErrors';
import { isSpecific, stripParameters } from './mediaTypes';
import type { OpenFile } from './openFile';
import { closeFile, openFile } from './openFile';
import { checkFileUrl, formatMegabytes, isExpired } from './storage';
import { createStream } from './streams';

/** A download that gets at least this many bytes further has all its retries again. */
const PROGRESS_BYTES = 1024 ** 2;
/** Upper limit of the backoff between retries. */
const MAX_PAUSE_MS = 30_000;

/** A file to download. */
export interface FileToDownload {
	/** Returns a URL of the file, which may expire within minutes. */
	url: () => Promise<unknown>;
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
	wanted: FileToDownload,
): Promise<IBinaryData> {
	return await readFile(item, wanted, async (chunks, { stream, headers }) => {
		const mimeType = chooseMimeType(headers, wanted);
		const body = createStream(stream, chunks);
		return await item.context.helpers.prepareBinaryData(body, wanted.name, mimeType);
	});
}

/** Creates {@link FileToDownload.url} for a path of the API that returns the URL as plain text. */
export const createUrlRequest = (item: ItemContext, path: string) => async (): Promise<unknown> =>
	await item.request({ method: 'GET', url: path, headers: { Accept: '*/*' }, body: undefined });

/**
 * Reads a file chunk by chunk as it arrives.
 *
 * @param read consumes the chunks; called again if the file has to be read from its beginning again
 * @throws FailureError if it can't be read, or is too large
 */
export async function readFile<T>(
	item: ItemContext,
	wanted: FileToDownload,
	read: (chunks: AsyncIterable<Uint8Array>, file: OpenFile) => Promise<T>,
): Promise<T> {
	const interruptions = new Interruptions(item);
	for (;;) {
		const file = await openFromStart(item, wanted, interruptions.isFirst);
		const transfer = new Transfer(item, wanted, file, interruptions);
		const [result] = await Promise.allSettled([read(transfer.chunks(), file)]);
		transfer.close();
		if (result.status === 'fulfilled') return result.value;
		item.run.cancellation.throwIfCanceled();
		const { problem = result.reason as unknown } = transfer;
		const mayStartOver = transfer.problem !== undefined && classifyError(problem).isRetryable;
		if (!mayStartOver || !(await interruptions.waitToContinue())) {
			throw new FailureError(failureFromError(problem, transfer.server));
		}
	}
}

/** Opens a file from its beginning. @throws FailureError if it can't be opened */
async function openFromStart(
	item: ItemContext,
	wanted: FileToDownload,
	isFirst: boolean,
): Promise<OpenFile> {
	const open = async () => {
		const url = await checkFileUrl(item, await wanted.url());
		return await openFile(item, url, undefined, isFirst ? undefined : 0);
	};
	let response = await open();
	// The URL may expire while many items are queued: renew it once.
	if (isExpired(response)) response = await open();
	return getBody(response) as OpenFile;
}

/** Counts the interruptions of a download since it last got further. */
class Interruptions {
	/** Whether the download hasn't been interrupted yet. */
	isFirst = true;

	private count = 0;

	private furthest = 0;

	constructor(private readonly call: ItemContext) {}

	/** Resets the count if the download got further. @param received total number of bytes received so far */
	recordProgress(received: number): void {
		if (received - this.furthest <= PROGRESS_BYTES) return;
		this.furthest = received;
		this.count = 0;
	}

	/** Waits before the next attempt. @returns false if there were too many interruptions */
	async waitToContinue(): Promise<boolean> {
		const { settings, run } = this.call;
		this.isFirst = false;
		if (this.count >= settings.maxRetries) return false;
		await run.sender.pause(Math.min(MAX_PAUSE_MS, 1000 * 2 ** this.count++));
		return true;
	}
}

/** The content of a file, resumed over several responses if necessary. */
class Transfer {
	/** Why the content ended too early. */
	problem?: unknown;

	private received = 0;

	constructor(
		private readonly call: ItemContext,
		private readonly wanted: FileToDownload,
		private file: OpenFile,
		private readonly interruptions: Interruptions,
	) {}

	get server() {
		return { host: this.file.host, isApi: false };
	}

	/** @throws the problem if the content ended too early and can't be resumed */
	async *chunks(): AsyncGenerator<Uint8Array> {
		do yield* this.readResponse();
		while (this.problem !== undefined && (await this.resume()));
		if (this.problem !== undefined) throw this.problem;
	}

	close(): void {
		closeFile(this.file);
	}

	private async *readResponse(): AsyncGenerator<Uint8Array> {
		const { stream, guard, size = this.wanted.size ?? 0 } = this.file;
		this.problem = undefined;
		guard.signal.addEventListener('abort', () => stream.destroy(new StalledError()), {
			once: true,
		});
		try {
			checkSize(size, this.wanted);
			for await (const chunk of stream) {
				guard.recordProgress();
				this.received += (chunk as Uint8Array).length;
				checkSize(this.received, this.wanted);
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
			const url = await checkFileUrl(this.call, await this.wanted.url());
			const rest = { start: this.received, validator };
			const response = await openFile(this.call, url, rest, 0);
			if (response.ok) return this.continueWith(response.body as OpenFile);
			if (!response.isTemporary && !isExpired(response)) return false;
		}
		return false;
	}

	/** Continues with a response if it has the rest of the file. It doesn't if the file has changed meanwhile. */
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
	const told = stripParameters(headers['content-type'] as string | undefined);
	return isSpecific(told) ? told : (mimeType ?? told) || undefined;
}

/** @throws FailureError if the file is too large */
function checkSize(size: number, { name, maxSize }: FileToDownload): void {
	if (size <= maxSize) return;
	throw inputError(
		`The file '${name}' is ${formatMegabytes(size)}, which is over 'Max Size' (${maxSize / 1e6} MB)`,
		"Raise 'Max Size' under 'Options', or leave this file out",
	);
}
