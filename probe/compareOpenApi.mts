/** A JSON Schema, an operation, or another object of an OpenAPI document. */
type Node = Record<string, unknown>;

/** An OpenAPI document, of any version 3. */
export interface AnyOpenApi {
	paths?: Record<string, Node>;
	[section: string]: unknown;
}

/** How an operation differs between two documents. */
export interface OperationDifference {
	/** E.g. `GET /v2/assets/{id}`. */
	operation: string;
	/** One sentence each. */
	differences: string[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** How deep references may lead to others, before a schema counts as recursive. */
const MAX_DEPTH = 8;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const asNode = (value: unknown): Node => (isNode(value) ? value : {});

/** Follows references. */
function resolve(value: unknown, document: AnyOpenApi): Node {
	let node = asNode(value);
	for (let depth = 0; typeof node.$ref === 'string' && depth < MAX_DEPTH; depth++) {
		const keys = node.$ref.replace(/^#\//, '').split('/');
		const unescape = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~');
		node = asNode(keys.map(unescape).reduce<unknown>((at, key) => asNode(at)[key], document));
	}
	return node;
}

/** A property of a body. */
interface Property {
	isRequired: boolean;
	/** The values that it may have, sorted. Undefined if there is no list of them. */
	values?: string;
}

/** Lists the properties of a body: of all alternatives, and of the items of a list. */
function readProperties(schema: unknown, document: AnyOpenApi, depth = 0): Map<string, Property> {
	const found = new Map<string, Property>();
	if (depth > MAX_DEPTH) return found;
	const node = resolve(schema, document);
	const required = Array.isArray(node.required) ? node.required : [];
	for (const [name, value] of Object.entries(asNode(node.properties))) {
		const values = readValues(resolve(value, document), document);
		found.set(name, { isRequired: required.includes(name), values });
	}
	const merge = (other: unknown, isAlternative: boolean) => {
		for (const [name, property] of readProperties(other, document, depth + 1)) {
			const isRequired = property.isRequired && !isAlternative;
			if (!found.has(name)) found.set(name, { ...property, isRequired });
		}
	};
	for (const part of toList(node.allOf)) merge(part, false);
	for (const part of [...toList(node.anyOf), ...toList(node.oneOf)]) merge(part, true);
	if (node.items !== undefined) merge(node.items, false);
	return found;
}

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function readValues(node: Node, document: AnyOpenApi): string | undefined {
	const alternatives = [node, ...toList(node.anyOf), ...toList(node.oneOf), ...toList(node.allOf)];
	const values = alternatives.flatMap((one) => toList(resolve(one, document).enum));
	const texts = values.filter((value) => value !== null).map(String);
	return texts.length > 0 ? [...new Set(texts)].sort().join(' | ') : undefined;
}

/** The schema of a body. JSON, if there are several media types. */
function readBody(message: unknown, document: AnyOpenApi): unknown {
	const content = asNode(resolve(message, document).content);
	const [first] = Object.values(content);
	return asNode(content['application/json'] ?? first).schema;
}

/** Compares two sets of names. */
function compareNames(kind: string, ours: Iterable<string>, theirs: Iterable<string>): string[] {
	const [our, their] = [new Set(ours), new Set(theirs)];
	return [
		...[...their].filter((name) => !our.has(name)).map((name) => `${kind} ${name} is new`),
		...[...our].filter((name) => !their.has(name)).map((name) => `${kind} ${name} is missing`),
	];
}

function compareBodies(kind: string, ours: Map<string, Property>, theirs: Map<string, Property>) {
	const differences = compareNames(`${kind} field`, ours.keys(), theirs.keys());
	for (const [name, their] of theirs) {
		const our = ours.get(name);
		if (!our) continue;
		if (our.isRequired !== their.isRequired) {
			differences.push(`${kind} field ${name} is ${their.isRequired ? 'required' : 'optional'}`);
		}
		if (our.values !== their.values) {
			const [from, to] = [our.values ?? 'any', their.values ?? 'any'];
			differences.push(`${kind} field ${name} may be ${to}, not ${from}`);
		}
	}
	return differences;
}

/** Everything about an operation that is compared. */
interface OperationFacts {
	parameters: Map<string, Property>;
	request: Map<string, Property>;
	success: Map<string, Property>;
	statuses: string[];
}

function readOperation(item: Node, method: string, document: AnyOpenApi): OperationFacts {
	const operation = asNode(item[method]);
	const parameters = [...toList(item.parameters), ...toList(operation.parameters)]
		.map((parameter) => resolve(parameter, document))
		// The API key is a header in some documents, and a security scheme in others.
		.filter((parameter) => parameter.in === 'query')
		.map(({ name, required, schema }) => {
			const values = readValues(resolve(schema, document), document);
			return [String(name), { isRequired: required === true, values }] as const;
		});
	const responses = asNode(operation.responses);
	const statuses = Object.keys(responses).filter((status) => /^\d+$/.test(status));
	const success = statuses.filter((status) => status.startsWith('2')).sort()[0];
	return {
		parameters: new Map(parameters),
		request: readProperties(readBody(operation.requestBody, document), document),
		success: readProperties(readBody(responses[success], document), document),
		statuses,
	};
}

/** Lists the operations of a document. The names of path parameters don't matter. */
function readOperations(
	document: AnyOpenApi,
): Map<string, { label: string; facts: OperationFacts }> {
	const entries = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
		METHODS.filter((method) => method in item).map((method) => {
			const label = `${method.toUpperCase()} ${path}`;
			const facts = readOperation(item, method, document);
			return [label.replace(/\{[^}]*\}/g, '{}'), { label, facts }] as const;
		}),
	);
	return new Map(entries);
}

/**
 * Compares OpenAPI documents operation by operation: query parameters, the fields of requests and responses with their
 * values, and statuses.
 *
 * @returns the operations that differ, sorted
 */
export function compareOpenApi(ours: AnyOpenApi, theirs: AnyOpenApi): OperationDifference[] {
	const [our, their] = [readOperations(ours), readOperations(theirs)];
	const found = [...new Set([...our.keys(), ...their.keys()])].map((key) => {
		const [mine, other] = [our.get(key), their.get(key)];
		const operation = (mine ?? other)?.label ?? key;
		if (!mine) return { operation, differences: ['is not in our contract'] };
		if (!other) return { operation, differences: ['is not in the published document'] };
		return { operation, differences: compareFacts(mine.facts, other.facts) };
	});
	return found
		.filter(({ differences }) => differences.length > 0)
		.sort((a, b) => a.operation.localeCompare(b.operation));
}

const compareFacts = (ours: OperationFacts, theirs: OperationFacts): string[] => [
	...compareBodies('query', ours.parameters, theirs.parameters),
	...compareBodies('request', ours.request, theirs.request),
	...compareBodies('response', ours.success, theirs.success),
	...compareNames('status', ours.statuses, theirs.statuses),
];
