const { readFile } = require('node:fs/promises');
const path = require('node:path');
const prettier = require('prettier');
const { parse } = require('yaml');

const ROOT = path.join(__dirname, '..');
const CONTRACT = path.join(__dirname, 'openapi.yaml');

const SCHEMAS = 'nodes/SyncAsset/__schema__/v1.0.0';
const SYNC_GENERATION = 'nodes/SyncGeneration/__schema__/v1.0.0';
const GENERATION_SCHEMAS = `${SYNC_GENERATION}/generation`;
const DELETED = { fields: { id: 'string', deleted: 'boolean' } };
const asset = { schema: 'Asset' };
const project = { schema: 'Project' };
const generation = { schema: 'Generation', without: ['error_code', 'progress_percent'] };
const batch = { schema: 'Batch' };
const voice = { schema: 'Voice' };

/**
 * What each operation of a node puts out: a schema of the contract, without fields that the node leaves out, and fields
 * that it adds or has alone.
 */
const OUTPUTS = {
	[`${SCHEMAS}/asset/count.json`]: { fields: { count: 'integer' } },
	[`${SCHEMAS}/asset/create.json`]: asset,
	[`${SCHEMAS}/asset/delete.json`]: DELETED,
	[`${SCHEMAS}/asset/download.json`]: asset,
	[`${SCHEMAS}/asset/findByFile.json`]: { ...asset, fields: { found: 'boolean' } },
	[`${SCHEMAS}/asset/get.json`]: asset,
	[`${SCHEMAS}/asset/getAll.json`]: asset,
	[`${SCHEMAS}/asset/getByIds.json`]: asset,
	[`${SCHEMAS}/asset/update.json`]: asset,
	[`${SCHEMAS}/asset/upload.json`]: {
		...asset,
		fields: { reused: 'boolean', notApplied: 'array' },
	},
	[`${SCHEMAS}/project/addAsset.json`]: {
		fields: { projectId: 'string', assetId: 'string', added: 'boolean' },
	},
	[`${SCHEMAS}/project/create.json`]: project,
	[`${SCHEMAS}/project/delete.json`]: DELETED,
	[`${SCHEMAS}/project/get.json`]: project,
	[`${SCHEMAS}/project/getAll.json`]: project,
	[`${SCHEMAS}/project/removeAsset.json`]: {
		fields: { projectId: 'string', assetId: 'string', removed: 'boolean' },
	},
	[`${SCHEMAS}/project/update.json`]: project,
	[`${GENERATION_SCHEMAS}/count.json`]: { fields: { count: 'integer' } },
	[`${GENERATION_SCHEMAS}/create.json`]: generation,
	[`${GENERATION_SCHEMAS}/delete.json`]: DELETED,
	[`${GENERATION_SCHEMAS}/download.json`]: generation,
	[`${GENERATION_SCHEMAS}/estimateCost.json`]: { schema: 'Estimate' },
	[`${GENERATION_SCHEMAS}/get.json`]: generation,
	[`${GENERATION_SCHEMAS}/getAll.json`]: generation,
	[`${GENERATION_SCHEMAS}/getCosts.json`]: {
		schema: 'GenerationCost',
		fields: {
			totalCostUsd: 'number',
			knownSubtotalUsd: 'number',
			totalCostUsdText: 'string',
			knownSubtotalUsdText: 'string',
		},
	},
	[`${GENERATION_SCHEMAS}/waitForWebhook.json`]: generation,
	[`${SYNC_GENERATION}/batch/create.json`]: batch,
	[`${SYNC_GENERATION}/batch/get.json`]: batch,
	[`${SYNC_GENERATION}/batch/getAll.json`]: batch,
	[`${SYNC_GENERATION}/batch/getResults.json`]: { fields: { requestId: 'string' } },
	[`${SYNC_GENERATION}/model/getAll.json`]: { schema: 'ModelInfo' },
	[`${SYNC_GENERATION}/speech/create.json`]: { schema: 'TtsJob' },
	[`${SYNC_GENERATION}/voice/clone.json`]: voice,
	[`${SYNC_GENERATION}/voice/delete.json`]: DELETED,
	[`${SYNC_GENERATION}/voice/get.json`]: voice,
	[`${SYNC_GENERATION}/voice/getAll.json`]: voice,
};

/**
 * A schema preview as n8n's editor reads it: JSON Schema of one output item, without references and without what the
 * editor ignores. Every field is required, because an item always has every documented field.
 */
function schemaPreview(schemas, { schema, without = [], fields = {} }) {
	const all = schema ? Object.entries(schemas[schema].properties) : [];
	const documented = all.filter(([field]) => !without.includes(field));
	return {
		type: 'object',
		properties: Object.fromEntries([
			...documented.map(([field, one]) => [field, { type: typeOf(schemas, one) }]),
			...Object.entries(fields).map(([field, type]) => [field, { type }]),
		]),
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
			Object.entries(OUTPUTS).map(async ([file, output]) => {
				const filepath = path.join(ROOT, file);
				const json = JSON.stringify(schemaPreview(schemas, output), null, '\t');
				const style = await prettier.resolveConfig(filepath);
				return [filepath, await prettier.format(json, { ...style, filepath })];
			}),
		)),
	];
}

module.exports = { generated };
