import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { batchOfForm } from '../batch/rows.mts';
import type { OperationId } from './openapi.mts';
import { ApiError, BadRequest } from './errors.mts';
import { MAX_UPLOAD } from '../storage/store.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** The files of a form; undefined for a request that is no form. */
		files?: FormFile[];
	}
}

/** A file in a form. */
export interface FormFile {
	/** The field that it stands in. */
	field: string;
	name: string;
	contentType: string;
	content: Buffer;
	/** Of the content. */
	sha256: string;
}

/** The fields that are lists: they come not at all, as JSON, or several times with an item each. */
const LISTS: Partial<Record<OperationId, string[]>> = { createGeneration: ['input'] };

/** What the real API's parser takes, as documented; sizes in bytes. */
const MOST = { files: 3, fields: 32, parts: 35, fieldSize: 2 ** 20, fileSize: MAX_UPLOAD };

const tooMuch = () =>
	new ApiError(413, {
		message: 'The form has too many parts, or too large ones',
		errorCode: 'generation_input_validation_failed',
	});

/** What the record keeps of a file. */
export const described = ({ field, name, contentType, content, sha256 }: FormFile) => ({
	field,
	name,
	contentType,
	size: content.length,
	sha256,
});

/** Lets the API take forms: their fields become the body as it would be in JSON, their files stand beside it. */
export function addForms(api: FastifyInstance): void {
	api.addContentTypeParser(
		'multipart/form-data',
		async (request: FastifyRequest, payload: Readable) => {
			if (Number(request.headers['content-length'] ?? 0) > MOST.fileSize) throw tooMuch();
			const parts = await read(request, Readable.toWeb(payload) as ReadableStream);
			const files = parts.filter((part): part is [string, File] => typeof part[1] !== 'string');
			const fields = parts.filter((part): part is [string, string] => typeof part[1] === 'string');
			if (
				files.length > MOST.files ||
				fields.length > MOST.fields ||
				parts.length > MOST.parts ||
				fields.some(([, text]) => text.length > MOST.fieldSize)
			) {
				throw tooMuch();
			}
			request.files = await Promise.all(
				files.map(async ([field, file]) => await kept(field, file)),
			);
			const operation = request.routeOptions.config.operation?.id as OperationId;
			const body = bodyOf(fields, LISTS[operation] ?? []);
			return operation === 'createBatch' ? batchOfForm(body, request.files) : body;
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
		const fault = 'Multipart: the form can not be read';
		// A client that went away in the middle of its form has done nothing wrong.
		throw raw.complete ? new BadRequest([fault]) : new ApiError(400, { message: fault });
	}
}

async function kept(field: string, file: File): Promise<FormFile> {
	const content = Buffer.from(await file.arrayBuffer());
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { field, name: file.name, contentType: file.type, content, sha256 };
}

function bodyOf(fields: Array<[string, string]>, lists: string[]): Record<string, unknown> {
	const texts = new Map<string, unknown[]>(lists.map((name) => [name, []]));
	for (const [name, text] of fields) texts.set(name, [...(texts.get(name) ?? []), asJson(text)]);
	return Object.fromEntries(
		[...texts].map(([name, values]) => [
			name,
			lists.includes(name) ? values.flat() : values.length === 1 ? values[0] : values,
		]),
	);
}

/** Nested fields come as JSON text, others as they are. */
function asJson(text: string): unknown {
	try {
		if (/^\s*[[{]/.test(text)) return JSON.parse(text);
	} catch {
		// Then it is a text like any other, and the contract does not have it.
	}
	return text;
}
