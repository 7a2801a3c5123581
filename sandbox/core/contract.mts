import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifySchemaCompiler } from 'fastify';

import {
	readDocument,
	readOperations,
	type OpenApiDocument,
	type Operation,
	type OperationId,
	type Reference,
} from './openapi.mts';
import { toValidationMessages } from './validationMessages.mts';

/** An example in the contract. */
export interface Example {
	operation: OperationId;
	/** `body`, or the HTTP status of the response. */
	part: string;
	value: unknown;
}

/** Validates requests and responses against the API contract. */
export class Contract {
	readonly operations: Operation[];

	readonly examples: Example[];

	/** For paths and queries. They are text, so numbers and booleans are parsed. */
	private readonly textValidators = createAjv({ coerceTypes: true });

	private readonly jsonValidators = createAjv({});

	constructor(document: OpenApiDocument) {
		this.operations = readOperations(document);
		this.examples = this.operations.flatMap(({ id, parts }) =>
			parts
				.filter(({ example }) => example !== undefined)
				.map(({ name, example }) => ({ operation: id, part: name, value: example })),
		);
		const schemas = Object.fromEntries(
			this.operations.map(({ id, parts }) => [
				id,
				Object.fromEntries(parts.map(({ name, schema }) => [name, schema])),
			]),
		);
		// One document with the components, so that references between schemas resolve.
		const combined = { components: document.components, operations: schemas };
		for (const ajv of [this.textValidators, this.jsonValidators]) {
			ajv.addSchema(combined, 'contract');
		}
	}

	/** The validator compiler for Fastify. */
	readonly compile: FastifySchemaCompiler<Reference> = ({ schema, httpPart }) =>
		(httpPart === 'body' ? this.jsonValidators : this.textValidators).compile(schema);

	/** Gets the schemas of a request, for Fastify. */
	getRequestSchema({ id, parts }: Operation): Record<string, Reference> {
		const names = parts.map(({ name }) => name).filter((name) => !/^\d+$/.test(name));
		return Object.fromEntries(names.map((name) => [name, toReference(id, name)]));
	}

	/**
	 * Validates the body of a request or a response.
	 *
	 * @param part `body` for a request, the HTTP status for a response
	 * @param value null if there is no body
	 * @returns the problems; an empty list if the value is valid
	 */
	validate(operation: OperationId, part: string, value: unknown): string[] {
		const validate = this.findValidator(operation, part);
		if (!validate) return [`${part} is not in the contract`];
		return validate(value) ? [] : toValidationMessages(validate.errors ?? []);
	}

	private findValidator(operation: OperationId, part: string): ValidateFunction | undefined {
		const validate = this.jsonValidators.getSchema(toReference(operation, part).$ref);
		const isError = Number(part) >= 400;
		if (validate || !isError) return validate;
		// Any operation may respond with an error of the real API's framework.
		return this.jsonValidators.getSchema('contract#/components/schemas/ErrorBody');
	}
}

/** Reads the API contract. This is slow: read it once per process. */
export const readContract = (): Contract => new Contract(readDocument());

function createAjv(options: { coerceTypes?: boolean }): Ajv2020 {
	// Strict mode would reject the keywords of OpenAPI.
	const ajv = new Ajv2020({ ...options, allErrors: true, strict: false });
	// Every response is validated, so speed matters. `fast` takes a third of the time, but accepts impossible dates.
	addFormats(ajv, { mode: 'fast' });
	return ajv;
}

const toReference = (operation: string, part: string): Reference => ({
	$ref: `contract#/operations/${operation}/${part}`,
});
