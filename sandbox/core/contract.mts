import { readFileSync } from 'node:fs';
import path from 'node:path';

import addFormats from 'ajv-formats';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifySchemaCompiler } from 'fastify';
import { parse } from 'yaml';

import type { operations } from '../../nodes/shared/api.ts';

const FILE = path.join(import.meta.dirname, '../../api', 'openapi.yaml');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

interface Schema {
	type?: string;
	[keyword: string]: unknown;
}
interface Reference {
	$ref: string;
}
interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
}
interface Message {
	content?: Partial<
		Record<'application/json' | 'text/plain', { schema: Schema; example?: unknown }>
	>;
}
/** What a request or an answer holds; the schema of no content is that of null. */
interface Content {
	part: string;
	schema: Schema;
	example?: unknown;
}
interface Described {
	operationId: OperationId;
	security?: unknown[];
	parameters?: Parameter[];
	requestBody?: Message;
	responses: Record<string, Message | Reference>;
}
/** The parts of an OpenAPI document that are read here. */
interface Document {
	paths: Record<string, Record<string, Described>>;
	components: { responses: Record<string, Message> };
}

/** The name of an operation in the contract. */
export type OperationId = keyof operations;

/** One operation of the contract. */
export interface Operation {
	id: OperationId;
	method: string;
	/** The path as fastify writes it: `/v2/assets/:id`. */
	url: string;
	needsKey: boolean;
	/** The query parameters that are lists. */
	lists: string[];
	/** The status of its answer when all goes well. */
	success: number;
	/** What fastify checks of a request, by `Contract.compile`. */
	schema: Partial<Record<'params' | 'querystring' | 'body', Reference>>;
}

/** An example in the contract, and the operation's part it stands in: `body`, or the status of an answer. */
export interface Example {
	operation: OperationId;
	part: string;
	value: unknown;
}

/** The API contract as checks for what is sent and what is answered. */
export class Contract {
	readonly operations: Operation[] = [];

	readonly examples: Example[] = [];

	/** A query is text: numbers have to be read from it. */
	private readonly forQueries = newAjv({ coerceTypes: true });

	private readonly forJson = newAjv({});

	/** Undefined for an answer that the contract does not have. */
	private readonly answers = new Map<string, ValidateFunction | undefined>();

	constructor(document: Document) {
		const schemas: Record<string, Record<string, Schema>> = {};
		for (const [url, methods] of Object.entries(document.paths)) {
			for (const method of METHODS.filter((name) => name in methods)) {
				const described = methods[method];
				const id = described.operationId;
				const { parameters = [], security = ['apiKey'] } = described;
				const query = parameters.filter((parameter) => parameter.in === 'query');
				const params = parameters.filter((parameter) => parameter.in === 'path');
				const messages = contentsOf(described, document);
				schemas[id] = {
					params: objectOf(params),
					querystring: objectOf(query),
					...Object.fromEntries(messages.map(({ part, schema }) => [part, schema])),
				};
				this.operations.push({
					id,
					method: method.toUpperCase(),
					url: url.replace(/\{(\w+)\}/g, ':$1'),
					needsKey: security.length > 0,
					success: Math.min(...Object.keys(described.responses).map(Number)),
					lists: query.filter(({ schema }) => schema.type === 'array').map(({ name }) => name),
					schema: {
						params: reference(id, 'params'),
						querystring: reference(id, 'querystring'),
						...('body' in schemas[id] && { body: reference(id, 'body') }),
					},
				});
				for (const { part, example } of messages) {
					if (example !== undefined) this.examples.push({ operation: id, part, value: example });
				}
			}
		}
		// In one document with the components, so that references between schemas hold as they are written.
		const whole = { components: document.components, operations: schemas };
		for (const ajv of [this.forQueries, this.forJson]) ajv.addSchema(whole, 'contract');
	}

	/** Fastify's `validatorCompiler`. */
	readonly compile: FastifySchemaCompiler<Reference> = ({ schema, httpPart }) =>
		(httpPart === 'body' ? this.forJson : this.forQueries).compile(schema);

	/**
	 * What is wrong with a body, in words; nothing when all is well. No body is null.
	 *
	 * @param part `body` for a request's, or the status of an answer
	 */
	misfits(operation: OperationId, part: string, value: unknown): string[] {
		const { $ref } = reference(operation, part);
		if (!this.answers.has($ref)) this.answers.set($ref, this.forJson.getSchema($ref));
		let validate = this.answers.get($ref);
		// The contract does not have every error that the API's framework may give at any address.
		if (!validate && Number(part) >= 400) {
			validate = this.forJson.getSchema('contract#/components/schemas/ErrorBody');
		}
		if (!validate) return [`${part} is not in the contract`];
		return validate(value) ? [] : inWords(validate.errors ?? []);
	}
}

/** Reads the API contract. It takes a moment: once for a process is enough. */
export const readContract = (): Contract =>
	new Contract(parse(readFileSync(FILE, 'utf8')) as Document);

/** What is wrong, in the words of the real API where they are known. */
export function inWords(errors: ErrorObject[]): string[] {
	// Of the branches of a choice only what was nearly right tells something.
	const telling = errors.filter(
		({ keyword, schemaPath }) =>
			keyword !== 'oneOf' && !(keyword === 'type' && schemaPath.includes('/oneOf/')),
	);
	const lines = (telling.length > 0 ? telling : errors).map(
		({ instancePath, keyword, params, message = keyword }) => {
			const field = instancePath.slice(1).replaceAll('/', '.');
			const limit = String((params as { limit?: number }).limit);
			if (keyword === 'maxItems') return `${field} must contain no more than ${limit} elements`;
			if (keyword === 'minItems') return `${field} must contain at least ${limit} elements`;
			if (keyword === 'additionalProperties') {
				return `property ${(params as { additionalProperty: string }).additionalProperty} should not exist`;
			}
			return `${field} ${message}`.trim();
		},
	);
	return [...new Set(lines)];
}

function newAjv(options: { coerceTypes?: boolean }): Ajv2020 {
	// Not strict: the contract has keywords of OpenAPI beside those of JSON Schema.
	const ajv = new Ajv2020({ ...options, allErrors: true, strict: false });
	// Every answer is checked: `fast` spares two thirds of the time, and lets an impossible date pass.
	addFormats(ajv, { mode: 'fast' });
	return ajv;
}

const reference = (operation: string, part: string): Reference => ({
	$ref: `contract#/operations/${operation}/${part}`,
});

const objectOf = (parameters: Parameter[]): Schema => ({
	type: 'object',
	properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
	required: parameters.filter(({ required }) => required).map(({ name }) => name),
	additionalProperties: false,
});

/** What an operation takes and gives. */
function contentsOf({ requestBody, responses }: Described, document: Document): Content[] {
	const parts: Record<string, Message | Reference> = {
		...(requestBody && { body: requestBody }),
		...responses,
	};
	return Object.entries(parts).map(([part, message]) => {
		const { content = {} } =
			'$ref' in message
				? document.components.responses[message.$ref.split('/').pop() as string]
				: message;
		const { schema = { type: 'null' }, example } =
			content['application/json'] ?? content['text/plain'] ?? {};
		return { part, schema, example };
	});
}
