import type { IHttpRequestOptions } from 'n8n-workflow';

/** A field of a multipart form; a file if it has a file name. */
export interface FormField {
	name: string;
	content: string | Buffer;
	fileName?: string;
	/** The MIME type of a file. */
	contentType?: string;
}

/** Escapes a name as browsers do: https://html.spec.whatwg.org/#multipart-form-data */
const escapeName = (name: string): string =>
	name.replace(/\r\n?|\n/g, '%0D%0A').replace(/"/g, '%22');

/** Falls back to a generic MIME type if the given one could inject header lines. */
const sanitizeContentType = (type = ''): string =>
	/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';

/**
 * Encodes a multipart form as the body and headers of a request.
 *
 * @param boundary separates the fields; none of them may contain it
 */
export function encodeForm(
	fields: FormField[],
	boundary: string,
): { body: Buffer; headers: NonNullable<IHttpRequestOptions['headers']> } {
	const parts = fields.flatMap(({ name, content, fileName, contentType }) => {
		const fileHeaders =
			fileName === undefined
				? ''
				: `; filename="${escapeName(fileName)}"\r\nContent-Type: ${sanitizeContentType(contentType)}`;
		return [
			Buffer.from(
				`--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"${fileHeaders}\r\n\r\n`,
			),
			Buffer.from(content),
			Buffer.from('\r\n'),
		];
	});
	return {
		body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
		headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
	};
}
