import type { ErrorObject } from 'ajv';

/** What is wrong with a value, in the words of the real API where they are known. */
export const validationMessages = (errors: ErrorObject[]): string[] => [
	...new Set(relevant(errors).map(toMessage)),
];

/** Leaves out the branches of a `oneOf` whose type does not match, unless there is nothing else. */
function relevant(errors: ErrorObject[]): ErrorObject[] {
	const found = errors.filter(
		({ keyword, schemaPath }) =>
			keyword !== 'oneOf' && !(keyword === 'type' && schemaPath.includes('/oneOf/')),
	);
	return found.length > 0 ? found : errors;
}

function toMessage({ instancePath, keyword, params, message = keyword }: ErrorObject): string {
	const field = instancePath.slice(1).replaceAll('/', '.');
	const { limit, additionalProperty } = params as { limit?: number; additionalProperty?: string };
	if (keyword === 'maxItems') return `${field} must contain no more than ${limit} elements`;
	if (keyword === 'minItems') return `${field} must contain at least ${limit} elements`;
	if (keyword === 'additionalProperties') return `property ${additionalProperty} should not exist`;
	return `${field} ${message}`.trim();
}
