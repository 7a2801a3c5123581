import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';

import type { FastifyInstance } from 'fastify';

import { applyFault } from '../core/faults.mts';
import type { LoggedRequest, RequestLog } from '../core/requestLog.mts';
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
import { MAX_UPLOAD, toEtag, type FileStore, type StoredFile } from './store.mts';
import { interruptDownload, interruptUpload } from './transferFaults.mts';
import type { SignatureStatus, UrlSigner } from './urls.mts';

/** The part of the sandbox's state that the storage uses. */
interface StorageState {
	files: FileStore;
	urls: UrlSigner;
	requestLog: RequestLog;
}

interface FileRoute {
	Params: { '*': string };
	Querystring: Record<string, string | undefined>;
}

const SIGNATURE_ERRORS: Record<Exclude<SignatureStatus, 'valid'>, () => StorageError> = {
	unsigned: accessDenied,
	expired: urlExpired,
	mismatch: signatureMismatch,
};

/** Adds the routes to upload and download files with presigned URLs. They respond like S3. */
export function addStorageRoutes(
	app: FastifyInstance,
	{ files, urls, requestLog }: StorageState,
): void {
	// Uploads of any content type are streamed to disk.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

	app.setErrorHandler((error: Error, request, reply) => {
		const clientDisconnected = request.raw.destroyed && !request.raw.complete;
		if (clientDisconnected) return reply.hijack();
		const failure = error instanceof StorageError ? error : internalError();
		if (failure !== error) requestLog.addViolation(request.logged, error.message);
		return reply.code(failure.status).type('application/xml').send(failure.toXml(request.id));
	});
	app.setNotFoundHandler(() => {
		throw methodNotAllowed();
	});
	app.addHook('preHandler', (request, _reply, done) => {
		if (!request.headers['x-api-key']) return done();
		requestLog.addViolation(request.logged, 'the API key was sent to the storage');
		throw unexpectedApiKey();
	});

	const checkSignature = (...parameters: Parameters<UrlSigner['verify']>): void => {
		const status = urls.verify(...parameters);
		if (status !== 'valid') throw SIGNATURE_ERRORS[status]();
	};

	app.put<FileRoute>(
		'/*',
		{ config: { loggedAs: 'PutObject', transfersFile: true } },
		async (request, reply) => {
			const { 'content-length': length, 'content-type': contentType = '' } = request.headers;
			if (length === undefined) throw missingContentLength();
			const key = request.params['*'];
			checkSignature({ method: 'PUT', key, contentType }, request.query);
			if (Number(length) > MAX_UPLOAD) throw entityTooLarge();
			const content = (request.body as Readable | undefined) ?? Readable.from([]);
			const { transferFault, responseFault } = request;
			if (transferFault) {
				return await interruptUpload(transferFault, content, Number(length), reply);
			}
			const written = await files.write(key, contentType, content);
			(request.logged as LoggedRequest).body = written;
			if (responseFault) return await applyFault(responseFault, reply, { status: 200, body: '' });
			return await reply.header('etag', toEtag(written.sha256)).send();
		},
	);

	app.get<FileRoute>(
		'/*',
		{ config: { loggedAs: 'GetObject', transfersFile: true } },
		async (request, reply) => {
			const key = request.params['*'];
			checkSignature({ method: 'GET', key }, request.query);
			const file = files.get(key);
			if (!file) throw noSuchKey();
			const range = readRange(request.headers, file);
			const status = range ? 206 : 200;
			const headers = downloadHeaders(file, range);
			const { transferFault } = request;
			if (transferFault) {
				const download = { file, start: range?.start ?? 0, status, headers };
				return await interruptDownload(transferFault, download, reply);
			}
			return await reply.code(status).headers(headers).send(file.open(range));
		},
	);
}

/** Gets the requested range of a file; undefined for the whole file. Only ranges to the end are supported. */
function readRange(
	{ range = '', 'if-range': validator }: IncomingHttpHeaders,
	file: StoredFile,
): { start: number } | undefined {
	const start = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? NaN);
	const isUnchanged = validator === undefined || validator === file.etag;
	return isUnchanged && start < file.size ? { start } : undefined;
}

function downloadHeaders(file: StoredFile, range?: { start: number }): OutgoingHttpHeaders {
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
