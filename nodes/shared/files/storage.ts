import type { IBinaryData, IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { isLoopback, tidyBaseUrl } from '../../../credentials/SyncApi.credentials';
import type { Failure } from '../transport/errors';
import { FailureError, failureOfInput } from '../transport/errors';
import type { FileStream, InputFile } from './inputFile';
import { isTelling } from './mediaTypes';
import type { Call } from '../transport/operation';
import { bodyOf } from '../transport/operation';
import { PerRun } from '../transport/run';
import type { Answer } from '../transport/sender';
import { ServerHealth } from '../transport/serverHealth';

/** How often it is looked whether a transfer still moves. */
const TICK_MS = 1000;
/** Where it can't be seen whether a transfer moves, it gets the time that this many bytes a millisecond take (400 kbit/s). */
const LEAST_SPEED = 50;
/** What the API takes in one upload, in bytes: 5 GiB. */
export const LARGEST_FILE = 5 * 1024 ** 3;
/** Error bodies of storages are short; more of one is not read. */
const LONGEST_ERROR = 64 * 1024;

/** What a storage's answer outside 2xx means: S3 and its like answer with XML. */
function failureOfStorage({ statusCode, body, headers }: IN8nHttpFullResponse): Failure {
	const xml = typeof body === 'string' ? body : '';
	const inTag = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] || null;
	const words = inTag('Message');
	return {
		message: `The file storage of sync.so answered with status ${statusCode}${words ? `: ${words}` : ''}`,
		statusCode,
		errorCode: inTag('Code'),
		hint: 'Try again in a minute',
		requestId: inTag('RequestId') ?? (headers['x-amz-request-id'] as string | undefined) ?? null,
	};
}

/** What a run has learned about the storage, which is another server than the API. */
const storages = new PerRun(() => new ServerHealth());

/** Whether a storage refused an address because its time is over. */
export const isExpired = (answer: Answer): boolean =>
	!answer.ok && answer.failure.statusCode === 403 && /expired/i.test(answer.failure.message);

/**
 * Checks a URL that the API gave for a file: it has to be encrypted, or on this machine if the API is too.
 *
 * @throws FailureError if it is neither
 */
export async function checkFileUrl({ context }: Call, url: unknown): Promise<string> {
	const text = typeof url === 'string' ? url.trim() : '';
	const parsed = URL.canParse(text) ? new URL(text) : undefined;
	if (parsed?.protocol === 'https:' && !isLoopback(parsed.hostname)) return text;
	const { baseUrl } = await context.getCredentials('syncApi');
	const isLocal =
		parsed !== undefined && /^https?:$/.test(parsed.protocol) && isLoopback(parsed.hostname);
	if (isLocal && isLoopback(new URL(tidyBaseUrl(baseUrl)).hostname)) return text;
	throw new FailureError(
		failureOfInput(
			'sync.so gave no usable URL for the file',
			'Check the Base URL in the Sync API credential; files are only transferred over https',
		),
	);
}

/** How far a transfer is, in bytes; undefined where that can't be seen. */
type Position = () => number | undefined;

/** Streams of files count what was read of them; those of the network do so at their socket. */
function positionOf(stream: FileStream): number | undefined {
	const { bytesRead, socket } = stream as { bytesRead?: number; socket?: { bytesRead?: number } };
	return bytesRead ?? socket?.bytesRead;
}

/** What is looked at to see whether a transfer still moves. */
interface Watch {
	position: Position;
	/** How long nothing may move, in milliseconds. */
	idleMs: number;
}

/** @param size of the whole file, in bytes; 0 when it is not known */
function watchStream(watch: Watch, stream: FileStream | undefined, size: number): void {
	if (stream && positionOf(stream) !== undefined) watch.position = () => positionOf(stream);
	else watch.idleMs += (size || LARGEST_FILE) / LEAST_SPEED;
}

/** Lets a transfer take as long as it moves: ends it when nothing does, or when the execution is stopped. */
async function whileItMoves<T>(
	{ run }: Call,
	transfer: (signal: AbortSignal, watch: Watch) => Promise<T>,
): Promise<T> {
	const controller = new AbortController();
	const watch: Watch = {
		position: () => undefined,
		idleMs: run.sender.settings.timeout * 1000,
	};
	let isOver = false;
	const guard = async () => {
		let last = watch.position();
		let since = Date.now();
		while (!isOver) {
			await sleep(TICK_MS);
			const now = watch.position();
			if (now !== last) [last, since] = [now, Date.now()];
			const isIdle = Date.now() - since > watch.idleMs;
			if (run.cancellation.isCanceled || isIdle) return controller.abort();
		}
	};
	void guard();
	try {
		return await transfer(controller.signal, watch);
	} finally {
		isOver = true;
	}
}

/** Sends a file to an address that the API gave for it, as one stream and without the API key. */
export async function putFile(call: Call, uploadUrl: string, file: InputFile): Promise<Answer> {
	const put = async (abortSignal: AbortSignal, watch: Watch) => {
		const body = await file.open();
		const stream = Buffer.isBuffer(body) ? undefined : body;
		watchStream(watch, stream, file.size);
		try {
			return (await call.context.helpers.httpRequest({
				method: 'PUT',
				url: uploadUrl,
				// n8n's type has no streams, but n8n sends them.
				body: body as Buffer,
				headers: { 'Content-Type': file.mimeType, 'Content-Length': file.size },
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// Otherwise a copy of the body is kept, in case it has to go to another address.
				disableFollowRedirect: true,
				abortSignal,
			})) as IN8nHttpFullResponse;
		} finally {
			stream?.destroy();
		}
	};
	const attempt = async () => await whileItMoves(call, put);
	return await call.run.sender.transfer(attempt, failureOfStorage, storages.of(call.run));
}

/** A file that is fetched. */
export interface WantedFile {
	name: string;
	/** What it is when the storage does not tell. */
	mimeType?: string;
	/** In bytes; a larger file is refused. */
	maxSize: number;
}

/**
 * Fetches a file from an address that the API gave for it, as one stream and without the API key.
 *
 * @param take reads the stream, anew at each try; what it gives is the body of the answer
 */
export async function fetchFile(
	call: Call,
	url: string,
	take: (stream: FileStream, response: IN8nHttpFullResponse) => Promise<object>,
): Promise<Answer> {
	const get = async (abortSignal: AbortSignal, watch: Watch) => {
		const response = await follow(call, url, abortSignal);
		const stream = response.body as unknown as FileStream;
		if (response.statusCode < 200 || response.statusCode >= 300) {
			return { ...response, body: await beginningOf(stream) };
		}
		try {
			watchStream(watch, stream, Number(response.headers['content-length'] ?? 0));
			return { ...response, body: (await take(stream, response)) as IDataObject };
		} finally {
			stream.destroy();
		}
	};
	const attempt = async () => await whileItMoves(call, get);
	return await call.run.sender.transfer(attempt, failureOfStorage, storages.of(call.run));
}

/** Storages redirect once or twice, if at all. */
const MOST_REDIRECTS = 5;

/** Requests a file, and follows redirects: each of their URLs is checked like the first. @throws FailureError */
async function follow(
	call: Call,
	url: string,
	abortSignal: AbortSignal,
): Promise<IN8nHttpFullResponse> {
	let address = url;
	for (let redirects = 0; ; redirects++) {
		const response = (await call.context.helpers.httpRequest({
			method: 'GET',
			url: address,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal,
		})) as IN8nHttpFullResponse;
		const { location } = response.headers;
		const isRedirect = response.statusCode >= 300 && response.statusCode < 400;
		if (!isRedirect || typeof location !== 'string' || redirects === MOST_REDIRECTS)
			return response;
		(response.body as unknown as FileStream).destroy();
		address = await checkFileUrl(
			call,
			URL.canParse(location, address) ? new URL(location, address).href : '',
		);
	}
}

/** Fetches a file into n8n's binary data, which is the body of the answer. */
export async function getFile(call: Call, url: string, wanted: WantedFile): Promise<Answer> {
	return await fetchFile(call, url, async (stream, response) => {
		checkSize(Number(response.headers['content-length'] ?? 0), wanted);
		const mimeType = mimeTypeOf(response, wanted);
		const binary = await call.context.helpers.prepareBinaryData(stream, wanted.name, mimeType);
		checkSize(await sizeOf(binary, call), wanted);
		return binary;
	});
}

/**
 * Fetches a file whose address the API gives at a path, into n8n's binary data.
 *
 * @param path gives the address as plain text
 * @throws FailureError when the file can't be had
 */
export async function downloadFile(
	call: Call,
	path: string,
	wanted: WantedFile,
): Promise<IBinaryData> {
	const fetchAnew = async () => {
		const url = await call.ask({ method: 'GET', url: path, headers: { Accept: '*/*' } });
		return await getFile(call, await checkFileUrl(call, url), wanted);
	};
	let answer = await fetchAnew();
	// Many items may wait longer for their turn than an address holds: it is asked for anew, once.
	if (isExpired(answer)) answer = await fetchAnew();
	return bodyOf(answer) as IBinaryData;
}

function mimeTypeOf(
	{ headers }: IN8nHttpFullResponse,
	{ mimeType }: WantedFile,
): string | undefined {
	const told = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim();
	return isTelling(told) ? told : (mimeType ?? told) || undefined;
}

/** In bytes; n8n 1.x does not note it in what it gives. */
async function sizeOf({ id, data }: IBinaryData, { context }: Call): Promise<number> {
	return id
		? (await context.helpers.getBinaryMetadata(id)).fileSize
		: Buffer.from(data, 'base64').length;
}

function checkSize(size: number, { name, maxSize }: WantedFile): void {
	if (size <= maxSize) return;
	throw new FailureError(
		failureOfInput(
			`The file “${name}” has ${inMegabytes(size)}, more than the ${inMegabytes(maxSize)} of Max Size`,
			'Raise Max Size under Options, or leave this file out',
		),
	);
}

/** A size in bytes as a person reads it. */
export const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / 1e5) / 10} MB`;

async function beginningOf(stream: FileStream): Promise<string> {
	let text = '';
	for await (const chunk of stream) {
		text += String(chunk);
		if (text.length > LONGEST_ERROR) break;
	}
	return text;
}
