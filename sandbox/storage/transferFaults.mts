import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FastifyReply } from 'fastify';

import { breakConnection, type Fault } from '../core/faults.mts';
import { delay } from '../core/timers.mts';
import type { StoredFile } from './store.mts';

/** A download that would succeed without the fault. */
interface Download {
	file: StoredFile;
	/** The first byte to send. */
	start: number;
	/** HTTP status. */
	status: number;
	headers: OutgoingHttpHeaders;
}

/** Reads part of an upload and applies a fault. Nothing is stored. @param length of the upload, in bytes */
export async function interruptUpload(
	fault: Fault,
	content: Readable,
	length: number,
	reply: FastifyReply,
): Promise<void> {
	reply.hijack();
	await readBytes(content, fault.afterBytes ?? length / 2);
	await breakTransfer(fault, reply);
}

/** Sends part of a download and applies a fault. */
export async function interruptDownload(
	fault: Fault,
	{ file, start, status, headers }: Download,
	reply: FastifyReply,
): Promise<void> {
	reply.hijack();
	if (fault.withoutLength) omitLength(reply.raw, headers);
	reply.raw.writeHead(status, headers).flushHeaders();
	const count = Math.floor(fault.afterBytes ?? (file.size - start) / 2);
	await sendBytes(file.open({ start }), count, reply.raw);
	if (fault.kind !== 'trickle') return await breakTransfer(fault, reply);
	await trickle(file.open({ start: start + count }), fault.delayMs ?? 0, reply.raw);
}

/** Marks the end of a response by closing the connection, as in HTTP/1.0. */
function omitLength(response: ServerResponse, headers: OutgoingHttpHeaders): void {
	delete headers['content-length'];
	headers.connection = 'close';
	response.useChunkedEncodingByDefault = false;
}

/** Reads some bytes and leaves the rest unread. */
async function readBytes(content: Readable, count: number): Promise<void> {
	let received = 0;
	if (count <= 0) return;
	for await (const chunk of content.iterator({ destroyOnReturn: false })) {
		received += (chunk as Buffer).length;
		if (received >= count) return;
	}
}

/** Sends some bytes and waits until they have been written to the socket. */
async function sendBytes(
	content: Readable,
	count: number,
	response: ServerResponse,
): Promise<void> {
	await pipeline(content, takeBytes(count), response, { end: false });
	await new Promise((resolve) => response.socket?.write('', resolve));
}

const takeBytes = (count: number) =>
	async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		let left = count;
		for await (const chunk of chunks) {
			if (left <= 0) return;
			yield chunk.subarray(0, left);
			left -= chunk.length;
		}
	};

/** Sends content in 16 chunks with a pause before each. */
async function trickle(
	content: Readable,
	pauseMs: number,
	response: ServerResponse,
): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of content) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	const length = Math.max(1, Math.ceil(bytes.length / 16));
	for (let start = 0; start < bytes.length && !response.destroyed; start += length) {
		await delay(pauseMs);
		response.write(bytes.subarray(start, start + length));
	}
	response.end();
}

async function breakTransfer(fault: Fault, { request }: FastifyReply): Promise<void> {
	await delay(fault.delayMs ?? 0);
	breakConnection(fault.kind, request.raw.socket);
}
