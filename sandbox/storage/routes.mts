import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { delay } from '../core/timers.mts';
import { applyFault, breakConnection, type Fault } from '../core/faults.mts';
import type { RecordedRequest, RequestRecord } from '../core/requestLog.mts';
import {
	accessDenied,
	entityTooLarge,
	internalError,
	methodNotAllowed,
	missingContentLength,
	noSuchKey,
	signatureMismatch,
	StorageError,
	unexpectedApiKey,
	urlExpired,
} from './errors.mts';
import { etagOf, MAX_UPLOAD, type FileStore, type StoredFile } from './store.mts';
import type { UrlSigner, Verdict } from './urls.mts';

/** What the storage needs from the state of the sandbox. */
interface StorageContext {
	files: FileStore;
	urls: UrlSigner;
	record: RequestRecord;
}

interface FileRoute {
	Params: { '*': string };
	Querystring: Record<string, string | undefined>;
}

const SIGNATURE_ERRORS: Record<Exclude<Verdict, 'valid'>, () => StorageError> = {
	unsigned: accessDenied,
	expired: urlExpired,
	mismatch: signatureMismatch,
};

/** Adds the routes behind presigned URLs: they upload and download files, and respond as S3 does. */
export function addStorage(app: FastifyInstance, { files, urls, record }: StorageContext): void {
	// Uploads are streamed to disk, whatever their content type.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

	app.setErrorHandler((error: Error, request, reply) => {
		const clientDisconnected = request.raw.destroyed && !request.raw.complete;
		if (clientDisconnected) return reply.hijack();
		const failure = error instanceof StorageError ? error : internalError();
		if (failure !== error) record.violation(request.recorded, error.message);
		return reply.code(failure.status).type('application/xml').send(failure.toXml(request.id));
	});
	app.setNotFoundHandler(() => {
		throw methodNotAllowed();
	});
	app.addHook('preHandler', (request, _reply, done) => {
		if (!request.headers['x-api-key']) return done();
		record.violation(request.recorded, 'the API key was sent to the storage');
		throw unexpectedApiKey();
	});

	const checkSignature = (...parameters: Parameters<UrlSigner['verify']>): void => {
		const verdict = urls.verify(...parameters);
		if (verdict !== 'valid') throw SIGNATURE_ERRORS[verdict]();
	};

	app.put<FileRoute>(
		'/*',
		{ config: { recordedAs: 'PutObject', transfersFile: true } },
		async (request, reply) => {
			const { 'content-length': length, 'content-type': contentType = '' } = request.headers;
			if (length === undefined) throw missingContentLength();
			const key = request.params['*'];
			checkSignature({ method: 'PUT', key, contentType }, request.query);
			if (Number(length) > MAX_UPLOAD) throw entityTooLarge();
			const content = (request.body as Readable | undefined) ?? Readable.from([]);
			const { transferFault, responseFault } = request;
			if (transferFault) {
				reply.hijack();
				await readPart(content, transferFault.afterBytes ?? Number(length) / 2);
				return await breakTransfer(transferFault, request);
			}
			const written = await files.write(key, contentType, content);
			(request.recorded as RecordedRequest).body = written;
			if (responseFault) return await applyFault(responseFault, reply, { status: 200, body: '' });
			return await reply.header('etag', etagOf(written.sha256)).send();
		},
	);

	app.get<FileRoute>(
		'/*',
		{ config: { recordedAs: 'GetObject', transfersFile: true } },
		async (request, reply) => {
			const key = request.params['*'];
			checkSignature({ method: 'GET', key }, request.query);
			const file = files.get(key);
			if (!file) throw noSuchKey();
			const range = requestedRange(request.headers, file);
			const headers = headersFor(file, range);
			const { transferFault } = request;
			if (!transferFault) {
				return await reply
					.code(range ? 206 : 200)
					.headers(headers)
					.send(file.open(range));
			}
			reply.hijack();
			if (transferFault.withoutLength) endWithConnection(reply.raw, headers);
			reply.raw.writeHead(range ? 206 : 200, headers).flushHeaders();
			const size = file.size - (range?.start ?? 0);
			await sendPart(file.open(range), transferFault.afterBytes ?? size / 2, reply);
			if (transferFault.kind !== 'trickle') return await breakTransfer(transferFault, request);
			const sent = (range?.start ?? 0) + (transferFault.afterBytes ?? size / 2);
			await trickle(file.open({ start: sent }), transferFault.delayMs ?? 0, reply.raw);
		},
	);
}

/** The part of a file that is requested; undefined for the whole file. Only ranges to the end are supported. */
function requestedRange(
	{ range = '', 'if-range': validator }: IncomingHttpHeaders,
	file: StoredFile,
): { start: number } | undefined {
	const start = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? NaN);
	const isUnchanged = validator === undefined || validator === file.etag;
	return isUnchanged && start < file.size ? { start } : undefined;
}

function headersFor(file: StoredFile, range?: { start: number }): OutgoingHttpHeaders {
	const { contentType, etag, size } = file;
	const start = range?.start ?? 0;
	return {
		'content-type': contentType,
		'content-length': size - start,
		'accept-ranges': 'bytes',
		etag,
		...(range && { 'content-range': `bytes ${start}-${size - 1}/${size}` }),
	};
}

/** Has a response end with its connection, as HTTP/1.0 does. */
function endWithConnection(response: ServerResponse, headers: OutgoingHttpHeaders): void {
	delete headers['content-length'];
	headers.connection = 'close';
	response.useChunkedEncodingByDefault = false;
}

/** Sends a file in sixteen pieces with a pause before each. */
async function trickle(
	content: Readable,
	pauseMs: number,
	response: ServerResponse,
): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of content) chunks.push(chunk as Buffer);
	const rest = Buffer.concat(chunks);
	const length = Math.max(1, Math.ceil(rest.length / 16));
	for (let start = 0; start < rest.length && !response.destroyed; start += length) {
		await delay(pauseMs);
		response.write(rest.subarray(start, start + length));
	}
	response.end();
}

/** Reads some bytes of an upload and leaves the rest unread. */
async function readPart(content: Readable, bytes: number): Promise<void> {
	let received = 0;
	if (bytes <= 0) return;
	for await (const chunk of content.iterator({ destroyOnReturn: false })) {
		received += (chunk as Buffer).length;
		if (received >= bytes) return;
	}
}

/** Sends some bytes and waits until they have left. */
async function sendPart(content: Readable, bytes: number, { raw }: FastifyReply): Promise<void> {
	await pipeline(content, limitTo(Math.floor(bytes)), raw, { end: false });
	await new Promise((resolve) => raw.socket?.write('', resolve));
}

const limitTo = (bytes: number) =>
	async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		let left = bytes;
		for await (const chunk of chunks) {
			if (left <= 0) return;
			yield chunk.subarray(0, left);
			left -= chunk.length;
		}
	};

async function breakTransfer(fault: Fault, { raw }: FastifyRequest): Promise<void> {
	await delay(fault.delayMs ?? 0);
	breakConnection(fault.kind, raw.socket);
}
