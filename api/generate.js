const { readFile } = require('node:fs/promises');
const path = require('node:path');
const prettier = require('prettier');
const { parse } = require('yaml');

const ROOT = path.join(__dirname, '..');
const CONTRACT = path.join(__dirname, 'openapi.yaml');

/** Which answer of the contract each operation of a node puts out. */
const OUTPUTS = {
	'nodes/SyncAsset/__schema__/v1.0.0/asset/get.json': 'Asset',
};

/**
 * A schema preview as n8n's editor reads it: JSON Schema of one output item, without references and without what the
 * editor ignores. Every field is required, because an item always has every documented field.
 */
function schemaPreview(schemas, name) {
	const properties = Object.entries(schemas[name].properties).map(([field, schema]) => [
		field,
		{ type: typeOf(schemas, schema) },
	]);
	return {
		type: 'object',
		properties: Object.fromEntries(properties),
		version: 1,
	};
}

/** The JSON type or types of a schema, through references and alternatives. */
function typeOf(schemas, schema) {
	if (schema.$ref) return typeOf(schemas, schemas[schema.$ref.split('/').pop()]);
	if (schema.oneOf) return schema.oneOf.flatMap((one) => typeOf(schemas, one));
	return schema.type;
}

/** The files made from the contract: pairs of an absolute path and its content. */
async function generated() {
	const { default: openapiTS, astToString } = await import('openapi-typescript');
	const text = await readFile(CONTRACT, 'utf8');
	const types = astToString(await openapiTS(text));
	const { schemas } = parse(text).components;
	return [
		[
			path.join(ROOT, 'nodes/shared/api.ts'),
			`// Made from api/openapi.yaml by \`npm run generate\`.\n\n${types}`,
		],
		...(await Promise.all(
			Object.entries(OUTPUTS).map(async ([file, name]) => {
				const filepath = path.join(ROOT, file);
				const json = JSON.stringify(schemaPreview(schemas, name), null, '\t');
				const style = await prettier.resolveConfig(filepath);
				return [filepath, await prettier.format(json, { ...style, filepath })];
			}),
		)),
	];
}

module.exports = { generated };
