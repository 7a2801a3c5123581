import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { delay } from '../core/delay.mts';
import { applyFault, breakConnection, type Fault } from '../core/faults.mts';
import type { RecordedRequest } from '../core/record.mts';
import type { State } from '../state.mts';
import { MAX_UPLOAD, type Stored } from './store.mts';
import {
	keySent,
	lengthMissing,
	methodNotAllowed,
	noSuchKey,
	storageFailed,
	StorageError,
	tooLarge,
} from './errors.mts';

interface FileRoute {
	Params: { '*': string };
	Querystring: Record<string, string | undefined>;
}

/** Adds the storage behind presigned addresses: it takes and gives files, and speaks as S3 does. */
export function addStorage(app: FastifyInstance, { storage, record }: State): void {
	// A file is never read into memory, whatever kind it is.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

	app.setErrorHandler((error: Error, request, reply) => {
		// The client went away in the middle of its file.
		if (request.raw.destroyed && !request.raw.complete) return reply.hijack();
		const failure = error instanceof StorageError ? error : storageFailed();
		if (failure !== error) record.violation(request.recorded, error.message);
		return reply.code(failure.status).type('application/xml').send(failure.asXml(request.id));
	});
	app.setNotFoundHandler(() => {
		throw methodNotAllowed();
	});
	app.addHook('preHandler', (request, _reply, done) => {
		if (!request.headers['x-api-key']) return done();
		record.violation(request.recorded, 'the API key was sent to the storage');
		throw keySent();
	});

	app.put<FileRoute>(
		'/*',
		{ config: { recordedAs: 'PutObject', transfersFile: true } },
		async (request, reply) => {
			const { 'content-length': length, 'content-type': contentType = '' } = request.headers;
			if (length === undefined) throw lengthMissing();
			const key = request.params['*'];
			storage.check({ method: 'PUT', key, contentType }, request.query);
			if (Number(length) > MAX_UPLOAD) throw tooLarge();
			const content = (request.body as Readable | undefined) ?? Readable.from([]);
			const { transferFault } = request;
			if (transferFault) {
				reply.hijack();
				await take(content, transferFault.afterBytes ?? Number(length) / 2);
				return await strike(transferFault, request);
			}
			const received = await storage.receive(key, contentType, content);
			(request.recorded as RecordedRequest).body = received;
			const { responseFault } = request;
			if (responseFault) return await applyFault(responseFault, reply, { status: 200, body: '' });
			return await reply.header('etag', `"${received.sha256.slice(0, 32)}"`).send();
		},
	);

	app.get<FileRoute>(
		'/*',
		{ config: { recordedAs: 'GetObject', transfersFile: true } },
		async (request, reply) => {
			const key = request.params['*'];
			storage.check({ method: 'GET', key }, request.query);
			const stored = storage.get(key);
			if (!stored) throw noSuchKey();
			const headers = { 'content-type': stored.contentType, 'content-length': stored.size };
			const { transferFault } = request;
			if (!transferFault) return await reply.headers(headers).send(stored.open());
			reply.hijack();
			reply.raw.writeHead(200, headers).flushHeaders();
			await give(stored, transferFault.afterBytes ?? stored.size / 2, reply);
			return await strike(transferFault, request);
		},
	);
}

/** Reads so much of what is sent, and leaves the rest unread. */
async function take(content: Readable, bytes: number): Promise<void> {
	let taken = 0;
	if (bytes <= 0) return;
	for await (const chunk of content.iterator({ destroyOnReturn: false })) {
		taken += (chunk as Buffer).length;
		if (taken >= bytes) return;
	}
}

/** Sends so much of a file, and waits until it has left. */
async function give(stored: Stored, bytes: number, { raw }: FastifyReply): Promise<void> {
	await pipeline(stored.open(), firstOf(Math.floor(bytes)), raw, { end: false });
	await new Promise((resolve) => raw.socket?.write('', resolve));
}

const firstOf = (bytes: number) =>
	async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		let left = bytes;
		for await (const chunk of chunks) {
			if (left <= 0) return;
			yield chunk.subarray(0, left);
			left -= chunk.length;
		}
	};

/** Lets the fault befall the rest of the file. */
async function strike({ kind, delayMs = 0 }: Fault, { raw }: FastifyRequest): Promise<void> {
	await delay(delayMs);
	breakConnection(kind, raw.socket);
}
