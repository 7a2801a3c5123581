import { createHash } from 'node:crypto';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { InputFile } from '../../shared/files/inputFile';
import { formatMegabytes } from '../../shared/files/storage';
import type { FileInRequest, GenerationRequest } from './request';
import { inputError } from '../../shared/transport/values';

/** The limit of older documentation, in bytes. All of the request is held in memory. */
const MAX_REQUEST_SIZE = 20e6;

/** @throws FailureError if the files are too large to be sent in one request */
export function checkSizes(files: FileInRequest[]): void {
	const size = files.reduce((sum, { file }) => sum + file.size, 0);
	if (size <= MAX_REQUEST_SIZE) return;
	throw inputError(
		`The files are ${formatMegabytes(size)}, but a request can hold ${formatMegabytes(MAX_REQUEST_SIZE)}`,
		"Turn off 'Create with Files' under 'Options': files of up to 5 GiB are then uploaded first",
	);
}

/**
 * The request as a form with its files.
 *
 * @param key the idempotency key: the same request with the same key is the same to the byte
 */
export async function encodeForm(
	{ body, files }: Pick<GenerationRequest, 'body' | 'files'>,
	key: string,
): Promise<Pick<IHttpRequestOptions, 'body' | 'headers'>> {
	const boundary = createHash('sha256').update(key).digest('hex');
	const parts: Buffer[] = [];
	const add = (head: string, content: string | Buffer) =>
		parts.push(
			Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
			Buffer.from(content),
			Buffer.from('\r\n'),
		);
	for (const [name, value] of Object.entries(body as unknown as IDataObject)) {
		const isEmpty = Array.isArray(value) && value.length === 0;
		if (isEmpty) continue;
		add(`name="${name}"`, typeof value === 'string' ? value : JSON.stringify(value));
	}
	for (const { field, file } of files) {
		const head = `name="${field}"; filename="${quote(file.name)}"\r\nContent-Type: ${getContentType(file)}`;
		add(head, await readContent(file));
	}
	parts.push(Buffer.from(`--${boundary}--\r\n`));
	return {
		body: Buffer.concat(parts),
		headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
	};
}

/** As browsers write names: https://html.spec.whatwg.org/#multipart-form-data */
const quote = (name: string): string => name.replace(/\r\n?|\n/g, '%0D%0A').replace(/"/g, '%22');

/** The MIME type, from which nothing can break out of its line. */
const getContentType = ({ mimeType }: InputFile): string =>
	/^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'application/octet-stream';

async function readContent(file: InputFile): Promise<Buffer> {
	const body = await file.open();
	if (Buffer.isBuffer(body)) return body;
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
