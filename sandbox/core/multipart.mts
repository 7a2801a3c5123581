import { createHash } from 'node:crypto';

import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';

import { ApiError, BadRequest } from './errors.mts';
import type { OperationId } from './openapi.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** The files of a form; undefined if the request is not a form. */
		formFiles?: FormFile[];
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
	/** The name and the value of each field that is not a file. The value is text unless the field was sent as JSON. */
	fields: Array<[string, unknown]>;
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
	for (const [name, value] of fields) {
		values.set(name, [...(values.get(name) ?? []), parseField(value)]);
	}
	return Object.fromEntries(
		[...values].map(([name, all]) => [
			name,
			lists.includes(name) ? all.flat() : all.length === 1 ? all[0] : all,
		]),
	);
}

/** Text that looks like an object or a list is JSON. */
function parseField(value: unknown): unknown {
	try {
		if (typeof value === 'string' && /^\s*[[{]/.test(value)) return JSON.parse(value);
	} catch {
		// Validation rejects it, like any other unexpected text.
	}
	return value;
}

/**
 * Lets operations take forms. The body of a form is the one that the operation takes as JSON; its files are in
 * `request.formFiles`. Hooks that need them have to be added afterwards.
 *
 * @param readers how to read the forms of each operation. Default: `formBody`
 */
export async function addForms(
	app: FastifyInstance,
	readers: Partial<Record<OperationId, FormReader>>,
): Promise<void> {
	await app.register(multipart, { limits: LIMITS });
	app.addHook('preValidation', async (request) => {
		if (!request.isMultipart()) return;
		const form = await parseForm(request);
		request.formFiles = form.files;
		const { operation } = request.routeOptions.config;
		const readForm = operation && readers[operation.id];
		request.body = readForm ? readForm(form) : formBody(form.fields);
	});
}

async function parseForm(request: FastifyRequest): Promise<Form> {
	const form: Form = { fields: [], files: [] };
	let isTruncated = false;
	try {
		for await (const part of request.parts()) {
			if (part.type === 'file') form.files.push(await toFormFile(part));
			else {
				form.fields.push([part.fieldname, part.value]);
				isTruncated ||= part.valueTruncated;
			}
		}
	} catch (error) {
		throw formError(error as Error);
	}
	if (isTruncated) throw limitExceeded();
	return form;
}

async function toFormFile(part: MultipartFile): Promise<FormFile> {
	const { fieldname: field, filename: name, mimetype: contentType } = part;
	const content = await part.toBuffer();
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { field, name, contentType, content, sha256 };
}

function formError({ code, statusCode, message }: Error & Partial<FastifyError>): ApiError {
	if (statusCode === 413) return limitExceeded();
	// A client that disconnects halfway through its form does not violate the contract.
	if (code === 'FST_MP_PREMATURE_CLOSE') return new ApiError(400, { message });
	return new BadRequest([message]);
}
