/**
 * The operations of the nodes that use each operation of the contract, or why none does. The first one in a list is the
 * one that users look for.
 */
const COVERAGE = {
	listAssets: ['Asset → Get Many'],
	createAsset: ['Asset → Register From URL', 'Asset → Upload'],
	createAssetUpload: ['Asset → Upload'],
	findUploadedAsset: ['Asset → Find by File', 'Asset → Upload'],
	countAssets: ['Asset → Count'],
	getAssetsByIds: ['Asset → Get by IDs', 'Asset → Get'],
	getAsset: ['Asset → Get'],
	updateAsset: ['Asset → Update'],
	deleteAsset: ['Asset → Delete'],
	getAssetDownloadUrl: ['Asset → Download'],
	createGeneration: ['Generation → Create'],
	generationWebhook: ['Generation → Wait for Webhook', 'Sync Trigger'],
	listGenerations: ['Generation → Get Many'],
	listGenerationsAlias: ['Generation → Get Many', 'Generation → Get by IDs'],
	getGeneration: ['Generation → Get', 'Generation → Create', 'Generation → Get by IDs'],
	getGenerationAlias:
		'The same as `GET /v2/generate/{id}`, but it can neither wait nor return the progress.',
	deleteGeneration: ['Generation → Delete'],
	getGenerationDownloadUrl: ['Generation → Download', 'Generation → Create'],
	countGenerations: ['Generation → Count'],
	estimateGeneration: ['Generation → Estimate Cost', 'Generation → Create', 'Batch → Create'],
	estimateGenerationAlias: ['Generation → Estimate Cost'],
	analyzeCost: ['Generation → Create', 'Batch → Create'],
	getGenerationCosts: ['Generation → Get Costs', 'Generation → Create', 'Generation → Get'],
	listGenerationCosts: ['Usage → Get Many'],
	createBatch: ['Batch → Create'],
	batchWebhook: ['Batch → Wait for Webhook', 'Sync Trigger'],
	listBatches: ['Batch → Get Many'],
	getBatch: ['Batch → Get', 'Batch → Get Results', 'Batch → Wait for Webhook'],
	getBatchResult: ['Batch → Get Results'],
	listModels: ['Model → Get Many'],
	listVoices: ['Voice → Get Many'],
	cloneVoice: ['Voice → Clone'],
	getVoice: ['Voice → Get'],
	deleteVoice: ['Voice → Delete'],
	createTts: ['Speech → Create'],
	createTtsJob: ['Speech → Create'],
	getTtsJob: ['Speech → Create'],
	listProjects: ['Project → Get Many'],
	createProject: ['Project → Create'],
	getProject: ['Project → Get'],
	updateProject: ['Project → Update'],
	deleteProject: ['Project → Delete'],
	attachProjectAsset: ['Project → Add Asset'],
	detachProjectAsset: ['Project → Remove Asset'],
	createTranscription: ['Transcription → Create'],
	getTranscription: ['Transcription → Get', 'Transcription → Create', 'Dialogue Edit → Create'],
	createDialogueEdit: ['Dialogue Edit → Create'],
	getDialogueEdit: ['Dialogue Edit → Get', 'Dialogue Edit → Create'],
	listErrorCodes:
		'A list for developers. The nodes already explain each error, with a hint on what to do.',
	getWebhookSecret: ['Sync Trigger', 'Generation → Wait for Webhook', 'Batch → Wait for Webhook'],
	submitFeedback: 'Feedback about the API comes from people, not from workflows.',
	healthcheck: 'It only says that the API runs. The test of the credential checks the API key too.',
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Lists the operations of the contract: its paths with their callbacks, and its webhooks. */
function listOperations({ paths, webhooks = {} }) {
	const fromItem = (path, item) =>
		METHODS.filter((method) => method in item).flatMap((method) => {
			const { operationId: id, tags, callbacks = {}, summary } = item[method];
			const calls = Object.values(callbacks).flatMap((callback) => fromCalls(callback, tags));
			return [
				{ id, tag: tags?.[0], request: `\`${method.toUpperCase()} ${path}\``, summary },
				...calls,
			];
		});
	const fromCalls = (items, tags) =>
		Object.values(items).map(({ post }) => ({
			id: post.operationId,
			tag: tags?.[0] ?? 'Batch',
			request: 'call by sync.so',
			summary: post.summary,
		}));
	return [
		...Object.entries(paths).flatMap(([path, item]) => fromItem(path, item)),
		...fromCalls(webhooks),
	];
}

/**
 * Creates the page that maps the operations of the contract to those of the nodes.
 *
 * @throws Error if the map has no entry for an operation, or one for an operation that doesn't exist
 */
function createCoveragePage(document) {
	const operations = listOperations(document);
	const ids = operations.map(({ id }) => id);
	const unmapped = ids.filter((id) => !(id in COVERAGE));
	const unknown = Object.keys(COVERAGE).filter((id) => !ids.includes(id));
	if (unmapped.length > 0) throw new Error(`Add to api/coverage.js: ${unmapped.join(', ')}`);
	if (unknown.length > 0) throw new Error(`Not in the contract: ${unknown.join(', ')}`);
	const isCovered = ({ id }) => Array.isArray(COVERAGE[id]);
	const covered = operations.filter(isCovered);
	const rows = (some, describe) =>
		some.map((one) => `| ${one.request} | ${one.summary} | ${describe(COVERAGE[one.id])} |`);
	const tags = [...new Set(covered.map(({ tag }) => tag))];
	const sections = tags.flatMap((tag) => [
		`## ${tag}`,
		'',
		'| API | | node |',
		'| --- | --- | --- |',
		...rows(
			covered.filter((one) => one.tag === tag),
			(used) => used.join(', '),
		),
		'',
	]);
	return [
		'# API coverage',
		'',
		'<!-- Made from api/openapi.yaml and api/coverage.js by `npm run generate`. -->',
		'',
		`The nodes use ${covered.length} of the ${operations.length} operations of the Sync API. Where several operations of a node are listed, the first one is the one to look for.`,
		'',
		...sections,
		'## Left out',
		'',
		'| API | | why |',
		'| --- | --- | --- |',
		...rows(
			operations.filter((one) => !isCovered(one)),
			(reason) => reason,
		),
		'',
	].join('\n');
}

module.exports = { COVERAGE, createCoveragePage };
