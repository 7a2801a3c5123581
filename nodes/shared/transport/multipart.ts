import type { IHttpRequestOptions } from 'n8n-workflow';

/** A field of a form. With a file name, it is a file. */
export interface FormField {
	name: string;
	content: string | Buffer;
	fileName?: string;
	/** The MIME type of a file. */
	contentType?: string;
}

/** As browsers encode names: https://html.spec.whatwg.org/#multipart-form-data */
const encodeName = (name: string): string =>
	name.replace(/\r\n?|\n/g, '%0D%0A').replace(/"/g, '%22');

/** A MIME type that can't break out of its line. */
const checkContentType = (type = ''): string =>
	/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';

/**
 * Encodes a form as the body and the headers of a request.
 *
 * @param boundary separates the fields: text that none of them contains
 */
export function encodeForm(
	fields: FormField[],
	boundary: string,
): { body: Buffer; headers: NonNullable<IHttpRequestOptions['headers']> } {
	const parts = fields.flatMap(({ name, content, fileName, contentType }) => {
		const file =
			fileName === undefined
				? ''
				: `; filename="${encodeName(fileName)}"\r\nContent-Type: ${checkContentType(contentType)}`;
		return [
			Buffer.from(
				`--${boundary}\r\nContent-Disposition: form-data; name="${encodeName(name)}"${file}\r\n\r\n`,
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
