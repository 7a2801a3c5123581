import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { ApiError, BadRequest } from './errors.mts';
import type { OperationId } from './openapi.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** The files of a form; undefined if the request is not a form. */
		files?: FormFile[];
	}
}

/** A file in a form. */
export interface FormFile {
	/** The name of its field. */
	field: string;
	/** The file name. */
	name: string;
	contentType: string;
	content: Buffer;
	/** The digest of the content. */
	sha256: string;
}

/** A form, as it was sent. */
export interface Form {
	/** The name and the text of each field that is not a file. */
	fields: Array<[string, string]>;
	files: FormFile[];
}

/** Turns a form into the same body that the operation takes as JSON. */
export type FormReader = (form: Form) => object;

/** The documented limits of the real API. Sizes in bytes. */
const LIMITS = { files: 3, fields: 32, parts: 35, fieldSize: 2 ** 20, fileSize: 5 * 1024 ** 3 };

const limitExceeded = () =>
	new ApiError(413, {
		message: 'The form has too many parts, or too large ones',
		errorCode: 'generation_input_validation_failed',
	});

/** Describes a file for the record of requests. */
export const describeFile = ({ field, name, contentType, content, sha256 }: FormFile) => ({
	field,
	name,
	contentType,
	size: content.length,
	sha256,
});

/**
 * Turns the fields of a form into a JSON body.
 *
 * @param lists the fields that are always a list: left out, sent as one JSON list, or repeated for each item
 */
export function formBody(fields: Form['fields'], lists: string[] = []): Record<string, unknown> {
	const values = new Map<string, unknown[]>(lists.map((name) => [name, []]));
	for (const [name, text] of fields) {
		values.set(name, [...(values.get(name) ?? []), parseField(text)]);
	}
	return Object.fromEntries(
		[...values].map(([name, all]) => [
			name,
			lists.includes(name) ? all.flat() : all.length === 1 ? all[0] : all,
		]),
	);
}

/** Objects and lists are sent as JSON, everything else as plain text. */
function parseField(text: string): unknown {
	try {
		if (/^\s*[[{]/.test(text)) return JSON.parse(text);
	} catch {
		// Validation rejects it, like any other unexpected text.
	}
	return text;
}

/**
 * Lets operations take forms. The body of a form is the one that the operation takes as JSON; its files are in
 * `request.files`.
 *
 * @param readers how to read the forms of each operation. Default: `formBody`
 */
export function addForms(
	app: FastifyInstance,
	readers: Partial<Record<OperationId, FormReader>>,
): void {
	app.addContentTypeParser(
		'multipart/form-data',
		async (request: FastifyRequest, payload: Readable) => {
			if (Number(request.headers['content-length'] ?? 0) > LIMITS.fileSize) throw limitExceeded();
			const parts = await read(request, Readable.toWeb(payload) as ReadableStream);
			const files = parts.filter((part): part is [string, File] => typeof part[1] !== 'string');
			const fields = parts.filter((part): part is [string, string] => typeof part[1] === 'string');
			if (
				files.length > LIMITS.files ||
				fields.length > LIMITS.fields ||
				parts.length > LIMITS.parts ||
				fields.some(([, text]) => text.length > LIMITS.fieldSize)
			) {
				throw limitExceeded();
			}
			request.files = await Promise.all(
				files.map(async ([field, file]) => await toFormFile(field, file)),
			);
			const { operation } = request.routeOptions.config;
			const readForm = (operation && readers[operation.id]) ?? (() => formBody(fields));
			return readForm({ fields, files: request.files });
		},
	);
}

async function read(
	{ raw, headers }: FastifyRequest,
	payload: ReadableStream,
): Promise<Array<[string, File | string]>> {
	try {
		const type = headers['content-type'] as string;
		const form = await new Response(payload, { headers: { 'content-type': type } }).formData();
		return [...form];
	} catch {
		const message = 'Multipart: the form can not be read';
		// A client that disconnects halfway through its form does not violate the contract.
		throw raw.complete ? new BadRequest([message]) : new ApiError(400, { message });
	}
}

async function toFormFile(field: string, file: File): Promise<FormFile> {
	const content = Buffer.from(await file.arrayBuffer());
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { field, name: file.name, contentType: file.type, content, sha256 };
}
