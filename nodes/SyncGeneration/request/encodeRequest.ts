import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { InputFile } from '../../shared/files/inputFile';
import { formatMegabytes } from '../../shared/files/storage';
import { inputError } from '../../shared/transport/errors';
import type { FormField } from '../../shared/transport/multipart';
import { encodeForm } from '../../shared/transport/multipart';
import type { FileInRequest, GenerationRequest } from './generationRequest';

/** In bytes, from older documentation. The whole request is held in memory. */
const MAX_REQUEST_SIZE = 20e6;

/** @throws FailureError if the files are too large to be sent in one request */
export function checkSizes(files: FileInRequest[]): void {
	const size = files.reduce((sum, { file }) => sum + file.size, 0);
	if (size <= MAX_REQUEST_SIZE) return;
	throw inputError(
		`The files are ${formatMegabytes(size)}, but a request can hold ${formatMegabytes(MAX_REQUEST_SIZE)}`,
		"Turn off 'Send Files in Request' under 'Options': files of up to 5 GiB are then uploaded first",
	);
}

/**
 * Encodes a request and its files as a form.
 *
 * @param key the idempotency key. It determines the form's boundary, so that a retry sends exactly the same bytes.
 */
export async function encodeRequest(
	{ body, files }: Pick<GenerationRequest, 'body' | 'files'>,
	key: string,
): Promise<Pick<IHttpRequestOptions, 'body' | 'headers'>> {
	const values = Object.entries(body as unknown as IDataObject).filter(
		([, value]) => !(Array.isArray(value) && value.length === 0),
	);
	const fields: FormField[] = values.map(([name, value]) => ({
		name,
		content: typeof value === 'string' ? value : JSON.stringify(value),
	}));
	for (const { field, file } of files) {
		const { name: fileName, mimeType: contentType } = file;
		fields.push({ name: field, content: await readContent(file), fileName, contentType });
	}
	return encodeForm(fields, createHash('sha256').update(key).digest('hex'));
}

async function readContent(file: InputFile): Promise<Buffer> {
	const body = await file.open();
	if (Buffer.isBuffer(body)) return body;
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
