const { readFile } = require('node:fs/promises');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const prettier = require('prettier');
const { parse } = require('yaml');

const { createCoveragePage } = require('./coverage.js');

const ROOT = path.join(__dirname, '..');
const CONTRACT = path.join(__dirname, 'openapi.yaml');

/** The folders of the schema previews, one for each node. */
const SYNC_ASSET = 'nodes/SyncAsset/__schema__/v1.0.0';
const SYNC_GENERATION = 'nodes/SyncGeneration/__schema__/v1.0.0';
const SYNC_TRIGGER = 'nodes/SyncTrigger/__schema__/v1.0.0';

const DELETED = { fields: { id: 'string', deleted: 'boolean' } };
const ASSET = { schema: 'Asset' };
const PROJECT = { schema: 'Project' };
const GENERATION = { schema: 'Generation', without: ['error_code', 'progress_percent'] };
const BATCH = { schema: 'Batch' };
const VOICE = { schema: 'Voice' };
/** A generation or a batch. */
const EVENT = {
	...GENERATION,
	afterId: { event: 'string' },
	fields: { created_at: 'string', metrics: 'object' },
};

/**
 * The output of each operation, by the file of its schema preview: the fields of a schema in the contract, except those
 * in `without`, and the additional `fields` with their types. Those in `afterId` follow the ID instead of coming last.
 * Previews keep the order of the contract.
 */
const OUTPUTS = {
	[`${SYNC_ASSET}/asset/count.json`]: { fields: { count: 'integer' } },
	[`${SYNC_ASSET}/asset/create.json`]: ASSET,
	[`${SYNC_ASSET}/asset/delete.json`]: DELETED,
	[`${SYNC_ASSET}/asset/download.json`]: ASSET,
	[`${SYNC_ASSET}/asset/findByFile.json`]: { ...ASSET, afterId: { found: 'boolean' } },
	[`${SYNC_ASSET}/asset/get.json`]: ASSET,
	[`${SYNC_ASSET}/asset/getAll.json`]: ASSET,
	[`${SYNC_ASSET}/asset/getByIds.json`]: ASSET,
	[`${SYNC_ASSET}/asset/update.json`]: ASSET,
	[`${SYNC_ASSET}/asset/upload.json`]: {
		...ASSET,
		fields: { reused: 'boolean', notApplied: 'array' },
	},
	[`${SYNC_ASSET}/project/addAsset.json`]: {
		fields: { projectId: 'string', assetId: 'string', added: 'boolean' },
	},
	[`${SYNC_ASSET}/project/create.json`]: PROJECT,
	[`${SYNC_ASSET}/project/delete.json`]: DELETED,
	[`${SYNC_ASSET}/project/get.json`]: PROJECT,
	[`${SYNC_ASSET}/project/getAll.json`]: PROJECT,
	[`${SYNC_ASSET}/project/removeAsset.json`]: {
		fields: { projectId: 'string', assetId: 'string', removed: 'boolean' },
	},
	[`${SYNC_ASSET}/project/update.json`]: PROJECT,
	[`${SYNC_GENERATION}/dialogueEdit/create.json`]: { schema: 'DialogueEdit' },
	[`${SYNC_GENERATION}/dialogueEdit/get.json`]: { schema: 'DialogueEdit' },
	[`${SYNC_GENERATION}/generation/count.json`]: { fields: { count: 'integer' } },
	[`${SYNC_GENERATION}/generation/create.json`]: GENERATION,
	[`${SYNC_GENERATION}/generation/delete.json`]: DELETED,
	[`${SYNC_GENERATION}/generation/download.json`]: GENERATION,
	[`${SYNC_GENERATION}/generation/estimateCost.json`]: { schema: 'Estimate' },
	[`${SYNC_GENERATION}/generation/get.json`]: GENERATION,
	[`${SYNC_GENERATION}/generation/getAll.json`]: GENERATION,
	[`${SYNC_GENERATION}/generation/getByIds.json`]: GENERATION,
	[`${SYNC_GENERATION}/generation/getCosts.json`]: {
		schema: 'GenerationCost',
		fields: {
			totalCostUsd: 'number',
			knownSubtotalUsd: 'number',
			totalCostUsdText: 'string',
			knownSubtotalUsdText: 'string',
		},
	},
	[`${SYNC_GENERATION}/generation/waitForWebhook.json`]: GENERATION,
	[`${SYNC_GENERATION}/batch/create.json`]: BATCH,
	[`${SYNC_GENERATION}/batch/get.json`]: BATCH,
	[`${SYNC_GENERATION}/batch/getAll.json`]: BATCH,
	[`${SYNC_GENERATION}/batch/getResults.json`]: { fields: { requestId: 'string' } },
	[`${SYNC_GENERATION}/batch/waitForWebhook.json`]: BATCH,
	[`${SYNC_GENERATION}/model/getAll.json`]: { schema: 'ModelInfo' },
	[`${SYNC_GENERATION}/speech/create.json`]: { schema: 'TtsJob' },
	[`${SYNC_GENERATION}/transcription/create.json`]: { schema: 'Transcription' },
	[`${SYNC_GENERATION}/transcription/get.json`]: { schema: 'Transcription' },
	[`${SYNC_GENERATION}/usage/getAll.json`]: {
		schema: 'GenerationCost',
		afterId: { model: 'string' },
		fields: {
			totalCostUsd: 'number',
			knownSubtotalUsd: 'number',
			totalCostUsdText: 'string',
			knownSubtotalUsdText: 'string',
			apiKey: ['object', 'string', 'null'],
			createdAt: 'string',
			finishedAt: 'string',
		},
	},
	[`${SYNC_GENERATION}/voice/clone.json`]: VOICE,
	[`${SYNC_GENERATION}/voice/delete.json`]: DELETED,
	[`${SYNC_GENERATION}/voice/get.json`]: VOICE,
	[`${SYNC_GENERATION}/voice/getAll.json`]: VOICE,
	// The node has no operations. n8n's editor looks for the first file, its AI features for the second one.
	[`${SYNC_TRIGGER}.json`]: EVENT,
	[`${SYNC_TRIGGER}/output.json`]: EVENT,
};

/**
 * Creates a schema preview as n8n's editor reads it: the JSON Schema of one output item, without references and without
 * what the editor ignores. Every field is required, because an item always has every documented field.
 */
function createSchemaPreview(schemas, { schema, without = [], afterId = {}, fields = {} }) {
	const all = schema ? Object.entries(schemas[schema].properties) : [];
	const documented = all
		.filter(([field]) => !without.includes(field))
		.map(([field, fieldSchema]) => [field, getType(schemas, fieldSchema)]);
	const output = [...documented, ...Object.entries(fields)];
	output.splice(1, 0, ...Object.entries(afterId));
	return {
		type: 'object',
		properties: Object.fromEntries(output.map(([field, type]) => [field, { type }])),
		version: 1,
	};
}

/** Gets the JSON type or types of a schema. Resolves references and alternatives. */
function getType(schemas, schema) {
	if (schema.$ref) return getType(schemas, schemas[schema.$ref.split('/').pop()]);
	if (schema.oneOf) return schema.oneOf.flatMap((alternative) => getType(schemas, alternative));
	return schema.type;
}

/** Describes where the fields of the schema previews come from, for the reference pages. */
const describePreviews = (schemas) =>
	Object.fromEntries(
		Object.entries(OUTPUTS).map(([file, output]) => {
			const { schema, afterId = {}, fields = {} } = output;
			const { properties } = createSchemaPreview(schemas, output);
			return [file, { schema, properties, added: Object.keys({ ...afterId, ...fields }) }];
		}),
	);

/** Creates the reference pages in docs/, as pairs of a path from the root and the content. */
async function createPages(schemas) {
	const { tsImport } = await import('tsx/esm/api');
	const root = pathToFileURL(path.join(ROOT, 'package.json')).href;
	const { createReferencePages } = await tsImport('./docs/reference/pages.mts', root);
	return await createReferencePages(describePreviews(schemas), schemas);
}

/**
 * Generates the files that are derived from the contract and the nodes. Returns pairs of an absolute path and the
 * content.
 */
async function generateFiles() {
	const { default: openapiTS, astToString } = await import('openapi-typescript');
	const text = await readFile(CONTRACT, 'utf8');
	const types = astToString(await openapiTS(text));
	const document = parse(text);
	const { schemas } = document.components;
	const pages = [
		...Object.entries(OUTPUTS).map(([file, output]) => [
			file,
			JSON.stringify(createSchemaPreview(schemas, output), null, '\t'),
		]),
		['docs/api-coverage.md', createCoveragePage(document)],
	];
	return [
		[
			path.join(ROOT, 'nodes/shared/api.ts'),
			`// Made from api/openapi.yaml by \`npm run generate\`.\n\n${types}`,
		],
		...(await Promise.all(
			pages.map(async ([file, content]) => {
				const filepath = path.join(ROOT, file);
				const style = await prettier.resolveConfig(filepath);
				return [filepath, await prettier.format(content, { ...style, filepath })];
			}),
		)),
		...(await createPages(schemas)).map(([file, content]) => [path.join(ROOT, file), content]),
	];
}

module.exports = { generateFiles };
