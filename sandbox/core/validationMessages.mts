import type { ErrorObject } from 'ajv';

/** Describes validation errors, in the words of the real API where they are known. */
export const toValidationMessages = (errors: ErrorObject[]): string[] => [
	...new Set(findRelevant(errors).map(toMessage)),
];

/** Leaves out the branches of a `oneOf` whose type does not match, unless nothing else is left. */
function findRelevant(errors: ErrorObject[]): ErrorObject[] {
	const relevant = errors.filter(
		({ keyword, schemaPath }) =>
			keyword !== 'oneOf' && !(keyword === 'type' && schemaPath.includes('/oneOf/')),
	);
	return relevant.length > 0 ? relevant : errors;
}

function toMessage({ instancePath, keyword, params, message = keyword }: ErrorObject): string {
	const field = instancePath.slice(1).replaceAll('/', '.');
	const { limit, additionalProperty } = params as { limit?: number; additionalProperty?: string };
	if (keyword === 'maxItems') return `${field} must contain no more than ${limit} elements`;
	if (keyword === 'minItems') return `${field} must contain at least ${limit} elements`;
	if (keyword === 'additionalProperties') return `property ${additionalProperty} should not exist`;
	return `${field} ${message}`.trim();
}
