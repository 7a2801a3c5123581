import { type AnyOpenApi, compareOpenApi } from '../../probe/compareOpenApi.mts';
import { readDocument } from '../../sandbox/core/openapi.mts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });

/** A document with one operation. */
const documentOf = (operation: object, path = '/v2/things/{id}'): AnyOpenApi => ({
	paths: { [path]: { get: { responses: { 200: {} }, ...operation } } },
});

const responding = (schema: object, more: object = {}): AnyOpenApi => ({
	...documentOf({ responses: { 200: json(schema) } }),
	...more,
});

const compare = (ours: AnyOpenApi, theirs: AnyOpenApi): string[] =>
	compareOpenApi(ours, theirs).flatMap(({ differences }) => differences);

test('our contract equals itself', () => {
	const contract = readDocument() as unknown as AnyOpenApi;
	expect(compareOpenApi(contract, contract)).toEqual([]);
});

test('operations are the same if only the names of path parameters differ', () => {
	expect(compareOpenApi(documentOf({}), documentOf({}, '/v2/things/{thingId}'))).toEqual([]);
});

test('new and missing operations are named', () => {
	expect(compareOpenApi(documentOf({}, '/v2/old'), documentOf({}, '/v2/new'))).toEqual([
		{ operation: 'GET /v2/new', differences: ['is not in our contract'] },
		{ operation: 'GET /v2/old', differences: ['is not in the published document'] },
	]);
});

test('query parameters are compared', () => {
	const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
	const cursor = { name: 'cursor', in: 'query', required: true };
	const ours = documentOf({ parameters: [limit, { ...cursor, required: false }] });
	const theirs = documentOf({ parameters: [cursor, { name: 'page', in: 'query' }] });
	expect(compare(ours, theirs)).toEqual([
		'query field page is new',
		'query field limit is missing',
		'query field cursor is required',
	]);
});

test('fields are found through references, alternatives and lists', () => {
	const ours = responding({
		type: 'array',
		items: { allOf: [{ properties: { id: {} } }, { properties: { old: {} } }] },
	});
	const theirs = responding(
		{ type: 'array', items: { $ref: '#/components/schemas/Thing' } },
		{ components: { schemas: { Thing: { anyOf: [{ properties: { id: {}, added: {} } }] } } } },
	);
	expect(compare(ours, theirs)).toEqual([
		'response field added is new',
		'response field old is missing',
	]);
});

test('the values of a field are compared in any order', () => {
	const ours = responding({ properties: { a: { enum: ['X', 'Y'] }, b: { enum: ['X', 'Y'] } } });
	const theirs = responding({
		properties: { a: { enum: ['Y', 'X'] }, b: { anyOf: [{ enum: ['X', 'Z'] }, { type: 'null' }] } },
	});
	expect(compare(ours, theirs)).toEqual(['response field b may be X | Z, not X | Y']);
});

test('request fields and statuses are compared', () => {
	const ours = documentOf({ requestBody: json({ properties: { ids: {} } }) });
	const theirs = documentOf({
		requestBody: json({ properties: { ids: {} }, required: ['ids'] }),
		responses: { 200: {}, 409: {} },
	});
	expect(compare(ours, theirs)).toEqual(['request field ids is required', 'status 409 is new']);
});

test('a schema that contains itself ends', () => {
	const tree = { properties: { id: {} }, allOf: [{ $ref: '#/components/schemas/Tree' }] };
	const document = responding(tree, { components: { schemas: { Tree: tree } } });
	expect(compareOpenApi(document, document)).toEqual([]);
});
