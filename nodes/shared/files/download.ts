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

/** A download that has got this many bytes further than ever before has all its retries again. */
const PROGRESS_BYTES = 1024 ** 2;
const MAX_PAUSE_MS = 30_000;

/** A file that is downloaded. */
export interface FileToDownload {
	/** Gets its URL, which may be valid for some minutes only. */
	url: () => Promise<unknown>;
	name: string;
	/** What it is if the storage does not say. */
	mimeType?: string;
	/** Its size in bytes, if the API knows it. */
	size?: number;
	/** A larger file is refused, in bytes. */
	maxSize: number;
}

/**
 * Downloads a file into n8n's binary data, as one stream and without the API key. An interrupted download continues where
 * it broke off, if the storage supports that.
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

/** The download of a file whose URL the API gives at a path, as plain text. */
export const createUrlRequest = (item: ItemContext, path: string) => async (): Promise<unknown> =>
	await item.request({ method: 'GET', url: path, headers: { Accept: '*/*' }, body: undefined });

/**
 * Reads a file chunk by chunk, as it comes.
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
	// Many items may wait for longer than a URL is valid: it is renewed once.
	if (isExpired(response)) response = await open();
	return getBody(response) as OpenFile;
}

/** Counts how often a download was interrupted without getting further in between. */
class Interruptions {
	/** Whether there was none yet. */
	isFirst = true;

	private count = 0;

	private furthest = 0;

	constructor(private readonly call: ItemContext) {}

	/** Notes how many bytes of the file had been received. */
	recordProgress(received: number): void {
		if (received - this.furthest <= PROGRESS_BYTES) return;
		this.furthest = received;
		this.count = 0;
	}

	/** Waits before the download continues; gives false if it was interrupted too often. */
	async waitToContinue(): Promise<boolean> {
		const { settings, run } = this.call;
		this.isFirst = false;
		if (this.count >= settings.maxRetries) return false;
		await run.sender.pause(Math.min(MAX_PAUSE_MS, 1000 * 2 ** this.count++));
		return true;
	}
}

/** The content of a file, over as many responses as it takes. */
class Transfer {
	/** Why the content has ended too early. */
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

	/** @throws the problem that has ended it too early */
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
			// Without a length, a connection that was cut looks like the end of the file.
			if (this.received < size) this.problem = new CutOffError();
		} catch (error) {
			this.problem = error;
		} finally {
			guard.end();
		}
	}

	/** Requests the rest of the file; gives false if there is none to be had. */
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

	/** Whether a response has the rest of the file: it may have changed meanwhile. */
	private continueWith(file: OpenFile): boolean {
		if (file.start !== this.received) {
			closeFile(file);
			return false;
		}
		this.file = file;
		return true;
	}
}

/** Nothing has moved for too long. */
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

/** @throws FailureError if a file is larger than it may be */
function checkSize(size: number, { name, maxSize }: FileToDownload): void {
	if (size <= maxSize) return;
	throw inputError(
		`The file '${name}' is ${formatMegabytes(size)}, which is over 'Max Size' (${maxSize / 1e6} MB)`,
		"Raise 'Max Size' under 'Options', or leave this file out",
	);
}
