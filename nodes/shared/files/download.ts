import type { IBinaryData, IN8nHttpFullResponse } from 'n8n-workflow';
import { FailureError, failureOfInput } from '../transport/errors';
import { classifyError, failureOfError } from '../transport/networkErrors';
import type { Call } from '../transport/itemContext';
import { bodyOf } from '../transport/itemContext';
import { bareType, isSpecific } from './mediaTypes';
import type { OpenFile } from './openFile';
import { closeFile, openFile } from './openFile';
import { checkFileUrl, inMegabytes, isExpired } from './storage';
import { streamLike } from './streams';

/** A download that has got this many bytes further than ever before has all its retries again. */
const PROGRESS = 1024 ** 2;
const LONGEST_PAUSE_MS = 30_000;

/** A file that is downloaded. */
export interface WantedFile {
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
export async function downloadFile(call: Call, wanted: WantedFile): Promise<IBinaryData> {
	return await readFile(call, wanted, async (chunks, { stream, headers }) => {
		const mimeType = mimeTypeOf(headers, wanted);
		const body = streamLike(stream, chunks);
		return await call.context.helpers.prepareBinaryData(body, wanted.name, mimeType);
	});
}

/** The download of a file whose URL the API gives at a path, as plain text. */
export const urlAt = (call: Call, path: string) => async (): Promise<unknown> =>
	await call.ask({ method: 'GET', url: path, headers: { Accept: '*/*' }, body: undefined });

/**
 * Reads a file chunk by chunk, as it comes.
 *
 * @param read consumes the chunks; called again if the file has to be read from its beginning again
 * @throws FailureError if it can't be read, or is too large
 */
export async function readFile<T>(
	call: Call,
	wanted: WantedFile,
	read: (chunks: AsyncIterable<Uint8Array>, file: OpenFile) => Promise<T>,
): Promise<T> {
	const interruptions = new Interruptions(call);
	for (;;) {
		const file = await openFirst(call, wanted, interruptions.isFirst);
		const transfer = new Transfer(call, wanted, file, interruptions);
		const [result] = await Promise.allSettled([read(transfer.chunks(), file)]);
		transfer.close();
		if (result.status === 'fulfilled') return result.value;
		call.run.cancellation.throwIfCanceled();
		const { problem = result.reason as unknown } = transfer;
		const mayStartOver = transfer.problem !== undefined && classifyError(problem).mayPass;
		if (!mayStartOver || !(await interruptions.mayContinue())) {
			throw new FailureError(failureOfError(problem, transfer.server));
		}
	}
}

/** Opens a file from its beginning. @throws FailureError if it can't be opened */
async function openFirst(call: Call, wanted: WantedFile, isFirst: boolean): Promise<OpenFile> {
	const open = async () => {
		const url = await checkFileUrl(call, await wanted.url());
		return await openFile(call, url, undefined, isFirst ? undefined : 0);
	};
	let answer = await open();
	// Many items may wait for longer than a URL is valid: it is renewed once.
	if (isExpired(answer)) answer = await open();
	return bodyOf(answer) as OpenFile;
}

/** Counts how often a download was interrupted without getting further in between. */
class Interruptions {
	/** Whether there was none yet. */
	isFirst = true;

	private count = 0;

	private furthest = 0;

	constructor(private readonly call: Call) {}

	/** Notes how many bytes of the file had been received. */
	interruptedAt(received: number): void {
		if (received - this.furthest <= PROGRESS) return;
		this.furthest = received;
		this.count = 0;
	}

	/** Waits before the download continues; gives false if it was interrupted too often. */
	async mayContinue(): Promise<boolean> {
		const { settings, run } = this.call;
		this.isFirst = false;
		if (this.count >= settings.maxRetries) return false;
		await run.sender.pause(Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** this.count++));
		return true;
	}
}

/** The content of a file, over as many responses as it takes. */
class Transfer {
	/** Why the content has ended too early. */
	problem?: unknown;

	private received = 0;

	constructor(
		private readonly call: Call,
		private readonly wanted: WantedFile,
		private file: OpenFile,
		private readonly interruptions: Interruptions,
	) {}

	get server() {
		return { host: this.file.host, isApi: false };
	}

	/** @throws the problem that has ended it too early */
	async *chunks(): AsyncGenerator<Uint8Array> {
		do yield* this.chunksOfResponse();
		while (this.problem !== undefined && (await this.resume()));
		if (this.problem !== undefined) throw this.problem;
	}

	close(): void {
		closeFile(this.file);
	}

	private async *chunksOfResponse(): AsyncGenerator<Uint8Array> {
		const { stream, guard, size = this.wanted.size ?? 0 } = this.file;
		this.problem = undefined;
		guard.signal.addEventListener('abort', () => stream.destroy(new StalledError()), {
			once: true,
		});
		try {
			checkSize(size, this.wanted);
			for await (const chunk of stream) {
				guard.moved();
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
		this.interruptions.interruptedAt(this.received);
		if (validator === undefined || this.received === 0) return false;
		if (!classifyError(this.problem).mayPass) return false;
		while (await this.interruptions.mayContinue()) {
			const url = await checkFileUrl(this.call, await this.wanted.url());
			const rest = { start: this.received, validator };
			const answer = await openFile(this.call, url, rest, 0);
			if (answer.ok) return this.continueWith(answer.body as OpenFile);
			if (!answer.isTemporary && !isExpired(answer)) return false;
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

function mimeTypeOf(
	headers: IN8nHttpFullResponse['headers'],
	{ mimeType }: WantedFile,
): string | undefined {
	const told = bareType(headers['content-type'] as string | undefined);
	return isSpecific(told) ? told : (mimeType ?? told) || undefined;
}

/** @throws FailureError if a file is larger than it may be */
function checkSize(size: number, { name, maxSize }: WantedFile): void {
	if (size <= maxSize) return;
	throw new FailureError(
		failureOfInput(
			`The file '${name}' is ${inMegabytes(size)}, which is over 'Max Size' (${maxSize / 1e6} MB)`,
			"Raise 'Max Size' under 'Options', or leave this file out",
		),
	);
}
