import { SIMPLE_ASSET_FIELDS } from '../../nodes/shared/items/assetItem.ts';
import { SIMPLE_GENERATION_FIELDS } from '../../nodes/shared/items/generationItem.ts';
import { createTable, joinBlocks, linkTo } from './markdown.mts';

/** The output of an operation, as its schema preview describes it. */
export interface Output {
	/** The schema of the contract that its fields come from. */
	schema?: string;
	/** The JSON types of those fields. */
	documented: Array<[field: string, types: string[]]>;
	/** The fields that the node adds to them. */
	added: Array<[field: string, types: string[]]>;
	/** The values of the fields that have a fixed list of them. */
	values: Map<string, string[]>;
}

const ITEM_NAMES: Record<string, string> = {
	Asset: 'an asset',
	Batch: 'a batch',
	DialogueEdit: 'a dialogue edit',
	Estimate: 'an estimate',
	Generation: 'a generation',
	GenerationCost: 'costs',
	ModelInfo: 'a model',
	Project: 'a project',
	Transcription: 'a transcription',
	TtsJob: 'speech',
	Voice: 'a voice',
};

/** The fields that Simplify keeps, by schema. */
const SIMPLE_FIELDS: Record<string, readonly string[]> = {
	Asset: SIMPLE_ASSET_FIELDS,
	Generation: SIMPLE_GENERATION_FIELDS,
};

const ID = 'ID';
const CREATED_AT = 'when it was created (ISO 8601, UTC)';

/** What the fields of each schema of the contract mean. */
const MEANINGS: Record<string, Record<string, string>> = {
	Asset: {
		id: ID,
		name: 'file name',
		type: 'kind of media',
		durationSeconds: 'length in seconds; only video and audio',
		format: 'file format, e.g. `mp4` or `wav`',
		size: 'size in bytes',
		width: 'width in pixels; only video and image',
		height: 'height in pixels; only video and image',
		url: 'URL of the file',
		thumbnailUrl: 'URL of a preview picture',
		inputType: 'how it came into the account',
		visibility: 'who can see it: only you (`USER`) or everyone in the organization',
		projectId: 'ID of the project that it belongs to',
		createdAt: CREATED_AT,
		updatedAt: 'when it was last changed (ISO 8601, UTC)',
	},
	Project: {
		id: ID,
		createdAt: CREATED_AT,
		updatedAt: 'when it was last changed (ISO 8601, UTC)',
		name: 'name',
		description: 'description',
		visibility: 'who can see it: only you (`USER`) or everyone in the organization',
		mode: 'how sync.so shows the project',
		defaultWorkflow: 'what sync.so opens the project with',
	},
	Generation: {
		id: ID,
		status: 'how far it is. Only `COMPLETED` has a video; it, `FAILED` and `REJECTED` are final',
		outputUrl: 'URL of the finished video. It is signed, so use it as it is; it expires',
		outputDuration: 'length of the finished video in seconds',
		model: 'model that creates the video',
		outputFileName: 'name of the finished video',
		error: 'why it failed, in words',
		errorCode: 'why it failed, as a [code](errors.md#codes-of-syncso)',
		input: 'the video or image, and the audio, as sent to sync.so',
		options: 'the model options, as sent to sync.so',
		segments: 'the segments, as sent to sync.so',
		segmentOutputUrl: 'URL of the finished segments alone',
		synthesizedAudioUrl: 'URL of the speech that was generated from the script',
		projectId: 'ID of the project that it belongs to',
		webhookUrl: 'the URL that sync.so calls at the end',
		createdAt: CREATED_AT,
	},
	Batch: {
		id: ID,
		created_at: CREATED_AT,
		status: 'how far it is. `COMPLETED` and `FAILED` are final',
		metrics:
			'the number of videos: `total_generations`, `success_count`, `failed_count`, `pending_count`',
		outputUrl: 'where the results are. Get Results reads them',
		webhookUrl: 'the URL that sync.so calls at the end',
	},
	Voice: {
		id: 'ID, for the field Voice of the node',
		internalVoiceId: "sync.so's own ID of a cloned voice",
		voiceId: 'ID at the provider',
		name: 'name',
		provider: 'who makes the voice',
		previewUrl: 'URL of a sample',
	},
	Estimate: {
		estimatedFrameCount: 'number of video frames',
		estimatedGenerationCost: 'price in US dollars',
		estimatedCredits: 'price in credits, if sync.so returns it',
	},
	GenerationCost: {
		generationId: 'ID of the generation',
		generationStatus: 'its status',
		currency: 'currency of all amounts',
		availability: 'whether the costs are known yet',
		totalCostUsd: 'total in US dollars; null while it is not known',
		knownSubtotalUsd: 'the part that is known, in US dollars',
		retryAfterSeconds: 'when to look again, in seconds',
		components: 'what the total consists of',
	},
	ModelInfo: {
		id: 'ID, for the field Model',
		name: 'name',
		type: 'kind of model',
		version: 'version',
		description: 'what it is for',
		deprecatedAt: 'when sync.so stops offering it; null if not planned',
	},
	TtsJob: {
		id: ID,
		status: 'how far it is; null if the speech was created in one request',
		createdAt: CREATED_AT,
		url: 'URL of the speech',
		duration: 'length in seconds',
		error: 'why it failed',
		startedAt: 'when sync.so started on it',
		finishedAt: 'when it ended',
	},
	Transcription: {
		id: ID,
		status: 'how far it is. `COMPLETED` and `FAILED` are final',
		transcript: 'the words with their times and speakers',
		speakerCount: 'number of speakers',
		sourceVideoUrl: 'URL of the file',
		sourceStartMs: 'where the transcribed part starts, in milliseconds',
		sourceEndMs: 'where it ends, in milliseconds',
		error: 'why it failed: `code` and `message`',
		createdAt: CREATED_AT,
	},
	DialogueEdit: {
		id: ID,
		status: 'how far it is. The values with `COMPLETED` or `FAILED` are final',
		previewAudioUrl: 'URL of the audio preview',
		partialDetail: 'what is missing from a preview that is `COMPLETED_PARTIAL`',
		error: 'why it failed: `code` and `message`',
		edits: 'the edits, as sent to sync.so',
		resultTranscript: 'the words with the timing of the preview',
		resultSlots: 'the edited parts',
		sourceVideoUrl: 'URL of the file',
		voiceId: 'ID of the voice',
		createdAt: CREATED_AT,
	},
};

/** What the fields mean that the nodes add. Some have the name of a field in the contract, and its meaning. */
const ADDED_MEANINGS: Record<string, string> = {
	...Object.fromEntries(Object.values(MEANINGS).flatMap((meanings) => Object.entries(meanings))),
	added: 'always true',
	apiKey: 'the API key that the generation was created with, if sync.so returns it',
	assetId: 'ID of the asset',
	count: 'the number',
	created_at: 'when the batch was created; only for batches',
	deleted: 'always true',
	event: 'what happened: one of the values of Events, e.g. `generationCompleted`',
	finishedAt: 'when it ended (ISO 8601, UTC)',
	found: 'whether the asset exists',
	id: ID,
	knownSubtotalUsd: 'the part that is known, in US dollars',
	knownSubtotalUsdText: 'the same as text, exactly as sync.so sends it',
	metrics: 'the number of videos; only for batches',
	notApplied: 'the fields that you set, and that an existing asset keeps with other values',
	projectId: 'ID of the project',
	removed: 'always true',
	requestId: 'the Row ID that the row was created with',
	reused: 'whether the asset existed before',
	totalCostUsd: 'total in US dollars; null while it is not known',
	totalCostUsdText: 'the same as text, exactly as sync.so sends it',
};

const TYPE_NAMES: Record<string, string> = {
	array: 'list',
	boolean: 'true or false',
	integer: 'number',
	null: 'null',
	number: 'number',
	object: 'object',
	string: 'text',
};

const HEADER = ['field', 'type', 'meaning'];

/** The heading of the section with the fields of an output; undefined if the contract doesn't describe them. */
export const getItemTitle = ({ schema }: Output): string | undefined =>
	schema === undefined ? undefined : `Fields of ${nameItem(schema)}`;

/**
 * Creates the table of the fields that come from the contract.
 *
 * @param hasSimplify whether the node can leave fields out
 * @throws Error if the meaning of one is unknown
 */
export function createItemTable(
	{ schema = '', documented, values }: Output,
	hasSimplify: boolean,
): string {
	const simple = (hasSimplify && SIMPLE_FIELDS[schema]?.map((field) => `\`${field}\``)) || [];
	return joinBlocks(
		createTable(
			HEADER,
			documented.map(([field, types]) => [
				`\`${field}\``,
				describeTypes(types),
				withValues(find(MEANINGS[schema], field, schema), values.get(field)),
			]),
		),
		simple.length > 0 && `With **Simplify**, only these: ${simple.join(', ')}.`,
	);
}

/** Creates the text about the output of an operation. @throws Error if the meaning of a field is unknown */
export function createOutputBlock(output: Output): string {
	const { added } = output;
	const title = getItemTitle(output);
	const table = createTable(
		HEADER,
		added.map(([field, types]) => [
			`\`${field}\``,
			describeTypes(types),
			find(ADDED_MEANINGS, field, 'the nodes'),
		]),
	);
	if (title === undefined) return joinBlocks('**Output**:', table);
	const reference = `**Output**: the ${linkTo(title, title.replace(/^F/, 'f'))}`;
	return table === '' ? `${reference}.` : joinBlocks(`${reference}, and:`, table);
}

const withValues = (meaning: string, values: string[] = []): string =>
	[meaning, values.map((value) => `\`${value}\``).join(', ')].filter(Boolean).join('<br>');

function nameItem(schema: string): string {
	return find(ITEM_NAMES, schema, 'the contract');
}

function find(meanings: Record<string, string> | undefined, field: string, owner: string): string {
	const meaning = meanings?.[field];
	if (meaning === undefined)
		throw new Error(`Say in docs/reference/outputFields.mts what '${field}' of ${owner} means`);
	return meaning;
}

const describeTypes = (types: string[]): string =>
	[...new Set(types.map((type) => TYPE_NAMES[type]))].join(' or ');
