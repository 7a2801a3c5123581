import { readFileSync } from 'node:fs';
import path from 'node:path';

import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const FILE = path.join(import.meta.dirname, '..', 'api', 'openapi.yaml');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: { type?: string };
}

/** The parts of an OpenAPI document that are read here. */
interface Document {
	paths: Record<string, Record<string, { operationId: string; parameters?: Parameter[] }>>;
}

/** One operation of the contract, with checks that give what is wrong, in words; nothing when all is well. */
export interface Operation {
	id: string;
	method: string;
	/** The path as fastify writes it: `/v2/assets/:id`. */
	url: string;
	/** Checks the query, and turns its texts into the numbers and lists that the contract means. */
	checkQuery: (query: Record<string, unknown>) => string[];
	checkBody: (body: unknown) => string[];
	checkAnswer: (status: number, body: unknown) => string[];
}

/** Reads the contract's operations. The checks are made when they are first needed. */
export function readContract(): Operation[] {
	const document = parse(readFileSync(FILE, 'utf8')) as Document;
	const options = { allErrors: true, strict: false, validateSchema: false, validateFormats: true };
	// A query is text: numbers have to be read from it, and a single value stands for a list of one.
	const forQuery = new Ajv2020({ ...options, coerceTypes: 'array', useDefaults: true });
	const forJson = new Ajv2020(options);
	for (const ajv of [forQuery, forJson]) {
		addFormats(ajv);
		ajv.addSchema(document, 'contract');
	}
	const jsonSchemaAt = (place: string[]) =>
		lazily(() => forJson.getSchema(pointer([...place, 'content', 'application/json', 'schema'])));

	return Object.entries(document.paths).flatMap(([url, operations]) =>
		METHODS.filter((method) => method in operations).map((method): Operation => {
			const { operationId, parameters = [] } = operations[method];
			const place = ['paths', url, method];
			const query = parameters
				.map((parameter, index) => ({ ...parameter, index }))
				.filter((parameter) => parameter.in === 'query');
			const querySchema = lazily(() =>
				forQuery.compile({
					type: 'object',
					required: query.filter(({ required }) => required).map(({ name }) => name),
					properties: Object.fromEntries(
						query.map(({ name, index }) => [
							name,
							{ $ref: pointer([...place, 'parameters', String(index), 'schema']) },
						]),
					),
				}),
			);
			const lists = query.filter(({ schema }) => schema.type === 'array');
			const bodySchema = jsonSchemaAt([...place, 'requestBody']);
			const answerSchemas = new Map<number, () => ValidateFunction | undefined>();
			const answerSchema = (status: number) => {
				const at = resolve(document, [...place, 'responses', String(status)]);
				return at ? jsonSchemaAt(at) : () => undefined;
			};
			return {
				id: operationId,
				method: method.toUpperCase(),
				url: url.replace(/\{(\w+)\}/g, ':$1'),
				checkQuery: (values) => {
					for (const { name } of lists) if (name in values) values[name] = readList(values[name]);
					return faults(querySchema(), values);
				},
				checkBody: (body) => faults(bodySchema(), body),
				checkAnswer: (status, body) => {
					if (!answerSchemas.has(status)) answerSchemas.set(status, answerSchema(status));
					const schema = answerSchemas.get(status)?.();
					return schema ? faults(schema, body) : [`status ${status} is not in the contract`];
				},
			};
		}),
	);
}

function lazily<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}

/** The address of a part of the contract, as JSON Schema refers to it. */
function pointer(place: string[]): string {
	const steps = place.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
	return `contract#/${steps.map(encodeURIComponent).join('/')}`;
}

/** Follows a reference at a place of the document, if there is one. Undefined when nothing is there. */
function resolve(document: Document, place: string[]): string[] | undefined {
	const found = place.reduce<unknown>(
		(part, step) => (part as Record<string, unknown> | undefined)?.[step],
		document,
	);
	const reference = (found as { $ref?: string } | undefined)?.$ref;
	return reference ? reference.slice('#/'.length).split('/') : found ? place : undefined;
}

/** A list in a query: repeated, separated by commas, or, as the official client sends it, as JSON text. */
function readList(value: unknown): unknown[] {
	return [value].flat().flatMap((part): unknown => {
		const text = String(part);
		return text.startsWith('[') ? (JSON.parse(text) as unknown[]) : text.split(',');
	});
}

function faults(schema: ValidateFunction | undefined, value: unknown): string[] {
	if (!schema || schema(value)) return [];
	return (schema.errors ?? []).map(({ instancePath, message }) =>
		`${instancePath.slice(1).replaceAll('/', '.')} ${message}`.trim(),
	);
}
