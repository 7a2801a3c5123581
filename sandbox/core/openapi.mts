import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

import type { operations } from '../../nodes/shared/api.ts';

/** The operation IDs of the contract. */
export type OperationId = keyof operations;

/** A JSON Schema. */
export interface Schema {
	type?: string;
	[keyword: string]: unknown;
}

/** A reference to a schema or a response elsewhere in the document. */
export interface Reference {
	$ref: string;
}

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
}

/** A request body or a response. */
interface Message {
	content?: Partial<
		Record<'application/json' | 'text/plain', { schema: Schema; example?: unknown }>
	>;
}

interface DocumentOperation {
	operationId: OperationId;
	security?: unknown[];
	parameters?: Parameter[];
	requestBody?: Message;
	responses: Record<string, Message | Reference>;
}

/** An OpenAPI document, reduced to what the sandbox reads. */
export interface OpenApiDocument {
	paths: Record<string, Record<string, DocumentOperation>>;
	components: { responses: Record<string, Message> };
}

/** The parameters or the body of a request, or the body of a response. */
interface Part {
	/** `params`, `querystring`, `body`, or the HTTP status of a response. */
	name: string;
	/** Accepts only null if the part has no content. */
	schema: Schema;
	example?: unknown;
}

/** An operation of the contract. */
export interface Operation {
	id: OperationId;
	method: string;
	/** In Fastify's syntax, such as `/v2/assets/:id`. */
	url: string;
	requiresApiKey: boolean;
	/** The query parameters that are lists. */
	listParameters: string[];
	/** HTTP status of the success response. */
	successStatus: number;
	parts: Part[];
}

const CONTRACT_FILE = path.join(import.meta.dirname, '../../api/openapi.yaml');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Reads and parses `api/openapi.yaml`. */
export const readDocument = (): OpenApiDocument =>
	parse(readFileSync(CONTRACT_FILE, 'utf8')) as OpenApiDocument;

/** Gets the operations of an OpenAPI document. */
export const readOperations = (document: OpenApiDocument): Operation[] =>
	Object.entries(document.paths).flatMap(([url, methods]) =>
		METHODS.filter((method) => method in methods).map((method) => {
			const { operationId: id, responses, ...rest } = methods[method];
			const { parameters = [], security = ['apiKey'], requestBody } = rest;
			const query = parameters.filter((parameter) => parameter.in === 'query');
			const messages = { ...(requestBody && { body: requestBody }), ...responses };
			return {
				id,
				method: method.toUpperCase(),
				url: url.replace(/\{(\w+)\}/g, ':$1'),
				requiresApiKey: security.length > 0,
				listParameters: query
					.filter(({ schema }) => schema.type === 'array')
					.map(({ name }) => name),
				successStatus: Math.min(...Object.keys(responses).map(Number)),
				parts: [
					{
						name: 'params',
						schema: toObjectSchema(parameters.filter((parameter) => parameter.in === 'path')),
					},
					{ name: 'querystring', schema: toObjectSchema(query) },
					...Object.entries(messages).map(([name, message]) => toPart(name, message, document)),
				],
			};
		}),
	);

const toObjectSchema = (parameters: Parameter[]): Schema => ({
	type: 'object',
	properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
	required: parameters.filter(({ required }) => required).map(({ name }) => name),
	additionalProperties: false,
});

function toPart(name: string, message: Message | Reference, document: OpenApiDocument): Part {
	const { content = {} } =
		'$ref' in message
			? document.components.responses[message.$ref.split('/').pop() as string]
			: message;
	const { schema = { type: 'null' }, example } =
		content['application/json'] ?? content['text/plain'] ?? {};
	return { name, schema, example };
}
