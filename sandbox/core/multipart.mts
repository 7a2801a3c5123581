import { createHash } from 'node:crypto';

import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';

import { ApiError, BadRequestError } from './errors.mts';
import type { OperationId } from './openapi.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** The files of a form; undefined if the request is not a form. */
		formFiles?: FormFile[];
	}
}

/** A file in a form. */
export interface FormFile {
	/** The name of the form field. */
	field: string;
	fileName: string;
	contentType: string;
	content: Buffer;
	/** The digest of the content. */
	sha256: string;
}

/** A `multipart/form-data` request, as it was sent. */
export interface Form {
	/** The name and value of each field that is not a file. Values are text unless they were sent as JSON. */
	fields: Array<[string, unknown]>;
	files: FormFile[];
}

/** Converts a form to the JSON body of the same operation. */
export type FormConverter = (form: Form) => object;

/** The documented limits of the real API. Sizes in bytes. */
const LIMITS = { files: 3, fields: 32, parts: 35, fieldSize: 2 ** 20, fileSize: 5 * 1024 ** 3 };

const formTooLarge = () =>
	new ApiError(413, {
		message: 'The form has too many parts, or too large ones',
		errorCode: 'generation_input_validation_failed',
	});

/** Describes a file for the request log. */
export const describeFile = ({ field, fileName, contentType, content, sha256 }: FormFile) => ({
	field,
	name: fileName,
	contentType,
	size: content.length,
	sha256,
});

/**
 * Converts form fields to a JSON body.
 *
 * @param lists the fields that are always lists: omitted, sent as one JSON list, or repeated for each item
 */
export function toJsonBody(fields: Form['fields'], lists: string[] = []): Record<string, unknown> {
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

/** Parses text that looks like a JSON object or list. */
function parseField(value: unknown): unknown {
	try {
		if (typeof value === 'string' && /^\s*[[{]/.test(value)) return JSON.parse(value);
	} catch {
		// Validation rejects it, like any other unexpected text.
	}
	return value;
}

/**
 * Accepts forms. The form is converted to the JSON body of its operation; its files are in `request.formFiles`.
 * Register hooks that use either after this one.
 *
 * @param converters by operation ID. Default: `toJsonBody`
 */
export async function addMultipart(
	app: FastifyInstance,
	converters: Partial<Record<OperationId, FormConverter>>,
): Promise<void> {
	await app.register(multipart, { limits: LIMITS });
	app.addHook('preValidation', async (request) => {
		if (!request.isMultipart()) return;
		const form = await readForm(request);
		request.formFiles = form.files;
		const { operation } = request.routeOptions.config;
		const convert = operation && converters[operation.id];
		request.body = convert ? convert(form) : toJsonBody(form.fields);
	});
}

async function readForm(request: FastifyRequest): Promise<Form> {
	const form: Form = { fields: [], files: [] };
	let isTruncated = false;
	try {
		for await (const part of request.parts()) {
			if (part.type === 'file') form.files.push(await readFile(part));
			else {
				form.fields.push([part.fieldname, part.value]);
				isTruncated ||= part.valueTruncated;
			}
		}
	} catch (error) {
		throw toFormError(error as Error);
	}
	if (isTruncated) throw formTooLarge();
	return form;
}

async function readFile(part: MultipartFile): Promise<FormFile> {
	const { fieldname: field, filename: fileName, mimetype: contentType } = part;
	const content = await part.toBuffer();
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { field, fileName, contentType, content, sha256 };
}

function toFormError({ code, statusCode, message }: Error & Partial<FastifyError>): ApiError {
	if (statusCode === 413) return formTooLarge();
	// A client that disconnects in the middle of its form does not violate the contract.
	if (code === 'FST_MP_PREMATURE_CLOSE') return new ApiError(400, { message });
	return new BadRequestError([message]);
}
