import { isDeepStrictEqual } from 'node:util';

import { didRun, type Execution, getItems, getToolItems } from '../n8n/execution.mts';
import type { Asset } from '../nodes/shared/items/assetItem.ts';
import { samplePath } from '../sandbox/storage/sampleFiles.mts';
import type { Creation } from './account.mts';
import type { PlannedVideo } from './costs.mts';
import { createdBy, createdGenerations } from './creations.mts';
import type { Mail } from './localMail.mts';
import type { FormEntry } from './triggeredRuns.mts';

/** The JSON of an item, or some of its fields. */
export type Row = Record<string, unknown>;

/** The items of a node's output in an example. */
export interface Result {
	/** The name of the node, or of one of its outputs. */
	output: string;
	rows: Row[];
	/** The expected rows. They may contain only some of the fields. */
	expected: Row[];
}

/** What an example did besides its own execution. */
export interface Effects {
	/** The emails that it sent. */
	mails: Mail[];
	/** The execution of the workflow in `finishedBy`. */
	finished?: Execution;
}

/** A workflow in `examples/`, with its expected results. */
export interface Example {
	/** The file name. */
	file: string;
	/** Whether it lists the account's videos, and has no results without one. */
	listsVideos?: boolean;
	/** The videos that it creates, for which the real API charges. */
	videos?: PlannedVideo[];
	/** The most that each of them may cost, in US dollars. No limit if undefined. */
	maxCost?: number;
	/** Why it does not run with the real API. */
	onlyLocal?: string;
	/** Returns what a run created in the account. */
	created?: (execution: Execution) => Creation[];
	/** What to submit, if it starts with a form. */
	form?: FormEntry[];
	/** The file of the workflow that sync.so starts when the video has ended. */
	finishedBy?: string;
	/**
	 * Returns the results of a run.
	 *
	 * @param assets the existing assets by ID
	 * @throws Error if a node has no output that the results depend on
	 */
	results: (execution: Execution, assets: Map<string, Asset>, effects: Effects) => Result[];
}

/** Finds the results whose rows don't match the expected rows. */
export const findUnexpected = (results: Result[]): Result[] =>
	results.filter(
		({ rows, expected }) =>
			rows.length !== expected.length ||
			!expected.every((row, index) => isDeepStrictEqual(pick(rows[index], Object.keys(row)), row)),
	);

const pick = (row: object, fields: string[]): Row =>
	Object.fromEntries(fields.map((field) => [field, (row as Row)[field] ?? null]));

/** Returns the rows of a node's output. Empty if the node did not run. */
const getRows = (execution: Execution, node: string, output?: number): Row[] =>
	didRun(execution, node) ? getItems(execution, node, output).map(({ json }) => json) : [];

/**
 * Returns the rows of a node that other nodes process. Without them, the expected results would be empty.
 *
 * @throws Error if there are none
 */
function getInput(execution: Execution, node: string): Row[] {
	const rows = getRows(execution, node);
	if (rows.length > 0) return rows;
	throw new Error(`The node "${node}" has no output`);
}

/**
 * Returns the assets that a node should list: the existing ones, even if its rows lack them, and those among its rows
 * that other examples uploaded.
 */
function getListable(execution: Execution, node: string, assets: Map<string, Asset>): Row[] {
	const others = getRows(execution, node).filter(({ id }) => !assets.has(String(id)));
	return [...[...assets.values()].map((asset): Row => ({ ...asset })), ...others];
}

/** Whether an asset's name contains a text. */
const isNamed = ({ name }: Asset, text: string): boolean => name?.includes(text) ?? false;

const sortBy = (rows: Row[], field: string): Row[] =>
	[...rows].sort((a, b) => String(a[field]).localeCompare(String(b[field])));

/** A video from the demo's video and recording. */
const LIP_SYNCED_VIDEO: PlannedVideo = { model: 'lipsync-2' };

/** Returns the rows that a tool returned to an AI agent. Empty if it was not called. */
const getToolRows = (execution: Execution, tool: string): Row[] =>
	didRun(execution, tool) ? getToolItems(execution, tool).map(({ json }) => json) : [];

/** Creates the result of a node's first output. @param fields the fields to show */
function buildResult(
	execution: Execution,
	node: string,
	fields: string[],
	expected: Row[],
): Result {
	const rows = getRows(execution, node).map((row) => pick(row, fields));
	return { output: node, rows, expected };
}

/** Creates the result of a node's error output. The fields of `error` follow those of the input. */
function buildErrorResult(execution: Execution, node: string, expected: Row[]): Result {
	const rows = getRows(execution, node, 1).map(({ record, assetId, error }) => ({
		record,
		assetId,
		...pick(error as Row, ['statusCode', 'errorCode', 'message', 'hint']),
	}));
	return { output: `${node} (error output)`, rows, expected };
}

const enrichRecords: Example = {
	file: 'enrich-records.json',
	results: (execution, assets) => {
		const record = ['record', 'customer', 'assetId'];
		const details = ['type', 'durationSeconds', 'size'];
		const expected = getInput(execution, 'Records').map((row) => ({
			...pick(row, record),
			...pick(assets.get(String(row.assetId)) ?? {}, details),
		}));
		return [buildResult(execution, 'Enriched Records', [...record, ...details], expected)];
	},
};

const branchByTypeAndDuration: Example = {
	file: 'branch-by-type-and-duration.json',
	results: (execution, assets) => {
		const details = ['id', 'name', 'type', 'durationSeconds'];
		const media = getInput(execution, 'Media').flatMap(
			({ assetId }) => assets.get(String(assetId)) ?? [],
		);
		const ofType = (type: string) => media.filter((asset) => asset.type === type);
		const isLong = ({ durationSeconds }: Asset) => (durationSeconds ?? 0) > 60;
		const playable = [...ofType('VIDEO'), ...ofType('AUDIO')];
		// The IF node runs once for videos and once for audio, in any order.
		const expected = (some: Asset[], next: string) =>
			sortBy(
				some.map((asset) => ({ ...pick(asset, details), next })),
				'id',
			);
		return [
			['Long Media', playable.filter(isLong), 'Cut into parts of a minute'] as const,
			['Short Media', playable.filter((asset) => !isLong(asset)), 'Ready for lip-sync'] as const,
			['Images', ofType('IMAGE'), 'Use a model that takes images'] as const,
		].map(([node, some, next]) => {
			const { output, rows } = buildResult(execution, node, [...details, 'next'], []);
			return { output, rows: sortBy(rows, 'id'), expected: expected(some, next) };
		});
	},
};

const notifyOnMissingAsset: Example = {
	file: 'notify-on-missing-asset.json',
	results: (execution, assets) => {
		const records = getInput(execution, 'Records').map((row) => pick(row, ['record', 'assetId']));
		const exists = ({ assetId }: Row) => assets.has(String(assetId));
		const found = records.filter(exists);
		const missing = records.filter((record) => !exists(record));
		const messages = (node: string, some: Row[], text: (assetId: string) => string) =>
			buildResult(
				execution,
				node,
				['message'],
				some.map(({ record, assetId }) => ({
					message: `Record ${String(record)}: ${text(String(assetId))}`,
				})),
			);
		const withStatus = (some: Row[], statusCode: number) =>
			some.map((row) => ({ ...row, statusCode }));
		const foundItems = found.map(({ assetId: id }) => ({ id, found: true }));
		return [
			buildResult(execution, 'Found Assets', ['id', 'name', 'type', 'found'], foundItems),
			messages('Notify: Not Found', missing, (id) => `asset ${id} was not found`),
			buildErrorResult(execution, 'Get Asset', withStatus(missing, 404)),
			messages('Notify: Missing', missing, (id) => `asset ${id} does not exist`),
			buildErrorResult(execution, 'Get Asset with a Wrong Key', withStatus(records, 401)),
			messages('Notify: Key Rejected', records, () => 'sync.so rejected the API key'),
		];
	},
};

const uploadAFile: Example = {
	file: 'upload-a-file.json',
	created: (execution) => createdBy(execution, 'Upload Asset', 'asset'),
	results: (execution) => {
		const fields = ['name', 'type', 'durationSeconds', 'size', 'reused'];
		const [uploaded] = getRows(execution, 'Upload Asset');
		const [{ binary }] = getItems(execution, 'Get File');
		const details = pick(uploaded ?? {}, ['durationSeconds', 'size', 'reused']);
		const expected = { name: binary?.data.fileName, type: 'VIDEO', ...details };
		return [buildResult(execution, 'Enriched Record', fields, [expected])];
	},
};

const nightlyInventory: Example = {
	file: 'nightly-inventory.json',
	results: (execution, assets) => {
		const all = getListable(execution, 'Get Many Assets', assets);
		const sum = (rows: Row[], field: string) =>
			rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);
		const expected = [...new Set(all.map(({ type }) => type))].map((type) => {
			const rows = all.filter((row) => row.type === type);
			return { type, count_id: rows.length, sum_size: sum(rows, 'size') };
		});
		const fields = ['type', 'count_id', 'sum_durationSeconds', 'sum_size'];
		const { output, rows } = buildResult(execution, 'Inventory', fields, []);
		// They are in the order in which n8n got the types.
		return [{ output, rows: sortBy(rows, 'type'), expected: sortBy(expected, 'type') }];
	},
};

const moveAssetsToProject: Example = {
	file: 'move-assets-to-project.json',
	created: (execution) => createdBy(execution, 'Create Project', 'project'),
	results: (execution, assets) => {
		const [project] = getRows(execution, 'Create Project');
		const expected = [...assets.values()]
			.filter((asset) => asset.type === 'AUDIO' && isNamed(asset, 'voiceover'))
			.map(({ id }) => ({ projectId: project?.id, assetId: id, added: true }));
		return [buildResult(execution, 'Add to Project', ['projectId', 'assetId', 'added'], expected)];
	},
};

const downloadAndKeep: Example = {
	file: 'download-and-keep.json',
	results: (execution, assets) => {
		const images = getListable(execution, 'Get Images', assets).filter(
			({ type }) => type === 'IMAGE',
		);
		const expected = sortBy(images, 'createdAt')
			.slice(0, 2)
			.map(({ id }) => ({ assetId: id }));
		const fields = ['assetId', 'fileName', 'mimeType'];
		return [buildResult(execution, 'Files to Keep', fields, expected)];
	},
};

const lipSyncAVideo: Example = {
	file: 'lip-sync-a-video.json',
	videos: [LIP_SYNCED_VIDEO],
	created: createdGenerations,
	results: (execution) => {
		const [generation] = getRows(execution, 'Create Video');
		const expected = {
			generationId: generation?.id,
			seconds: generation?.outputDuration,
			fileName: `${String(generation?.id)}.mp4`,
			mimeType: 'video/mp4',
		};
		return [buildResult(execution, 'Finished Video', Object.keys(expected), [expected])];
	},
};

const talkingPortrait: Example = {
	file: 'talking-portrait.json',
	// Its script takes about three seconds to speak.
	videos: [{ model: 'sync-3', seconds: 5 }],
	created: createdGenerations,
	results: (execution) => {
		const [generation] = getRows(execution, 'Create Video');
		const expected = {
			generationId: generation?.id,
			status: 'COMPLETED',
			fileName: 'weekly-news',
			outputUrl: generation?.outputUrl,
		};
		return [buildResult(execution, 'Talking Portrait', Object.keys(expected), [expected])];
	},
};

const dubAFolder: Example = {
	file: 'dub-a-folder.json',
	onlyLocal: 'it creates 30 videos',
	results: (execution) => {
		const expected = getInput(execution, 'Lessons').map(({ lesson }) => ({
			lesson,
			status: 'COMPLETED',
			outputFileName: `${String(lesson)}_es`,
		}));
		return [
			buildResult(execution, 'Dubbed Videos', ['lesson', 'status', 'outputFileName'], expected),
			// Does not run, because no lesson fails.
			buildResult(execution, 'Failed Lessons', ['lesson', 'message'], []),
		];
	},
};

const nightlyBatch: Example = {
	file: 'nightly-batch.json',
	onlyLocal: 'it creates a batch of videos, which needs the Scale plan',
	results: (execution) => {
		const expected = getInput(execution, 'Rows').map(({ customer: requestId }) => ({ requestId }));
		return [buildResult(execution, 'Get Results', ['requestId'], expected)];
	},
};

const checkThePriceFirst: Example = {
	file: 'check-the-price-first.json',
	videos: [LIP_SYNCED_VIDEO],
	created: createdGenerations,
	results: (execution) => {
		const [generation] = getRows(execution, 'Create Video');
		const price = Number(getRows(execution, 'Estimate Cost')[1]?.estimatedGenerationCost);
		const message = `The video “interview” would cost ${price.toFixed(2)} US dollars. Create it?`;
		return [
			buildResult(
				execution,
				'Created Videos',
				['video', 'generationId', 'status'],
				[{ video: 'teaser', generationId: generation?.id, status: 'PENDING' }],
			),
			buildResult(execution, 'Ask for Approval', ['message'], [{ message }]),
		];
	},
};

const notifyOnFailedGeneration: Example = {
	file: 'notify-on-failed-generation.json',
	videos: [LIP_SYNCED_VIDEO],
	created: createdGenerations,
	results: (execution) => [
		buildResult(
			execution,
			'Finished Videos',
			['video', 'status'],
			[{ video: 'teaser', status: 'COMPLETED' }],
		),
		buildResult(
			execution,
			'Notify',
			['errorCode', 'message'],
			[{ errorCode: 'generation_input_asset_type_mismatch' }],
		),
	],
};

const resumeByWebhook: Example = {
	file: 'resume-by-webhook.json',
	onlyLocal: 'sync.so would have to reach this n8n by a public address',
	results: (execution) => {
		const [{ id } = {}] = getRows(execution, 'Create Video');
		const expected = [{ id, status: 'COMPLETED' }];
		return ['Wait for Webhook', 'Get State'].map((node) =>
			buildResult(execution, node, ['id', 'status'], expected),
		);
	},
};

const catchUpOnMissedCalls: Example = {
	file: 'catch-up-on-missed-calls.json',
	listsVideos: true,
	onlyLocal: 'it lists all videos of the account',
	results: (execution) => {
		const expected = getInput(execution, 'Get Finished Videos').map(({ id, outputUrl }) => ({
			generationId: id,
			outputUrl,
		}));
		return [buildResult(execution, 'Finished Video', ['generationId', 'outputUrl'], expected)];
	},
};

const enrichADataTable: Example = {
	file: 'enrich-a-data-table.json',
	results: (execution, assets) => {
		const details = ['type', 'durationSeconds', 'size'];
		const expected = getInput(execution, 'Records').map(({ record, assetId }) => ({
			record,
			found: assets.has(String(assetId)),
			...pick(assets.get(String(assetId)) ?? {}, details),
		}));
		return [buildResult(execution, 'Update Row', ['record', 'found', ...details], expected)];
	},
};

const emailMissingAssets: Example = {
	file: 'email-missing-assets.json',
	onlyLocal: 'this n8n would have to reach the mail server of the demo',
	results: (execution, assets, { mails }) => {
		const lines = getInput(execution, 'Records')
			.filter(({ assetId }) => !assets.has(String(assetId)))
			.map(({ record, assetId }) => `${String(record)}: ${String(assetId)}`);
		const text = ['These records have an asset that does not exist:', '', ...lines].join('\n');
		const subject = `Missing assets in sync.so: ${lines.length}`;
		return [
			{
				output: 'Received emails',
				rows: mails.map((mail) => ({ ...mail })),
				expected: [{ to: 'media-team@example.com', subject, text }],
			},
		];
	},
};

const dubAnUpload: Example = {
	file: 'dub-an-upload.json',
	onlyLocal: 'sync.so would have to reach this n8n by a public address',
	form: [{ file: samplePath('mp4') }, { text: 'French' }],
	finishedBy: 'dub-an-upload-finished.json',
	results: (execution, _assets, { finished }) => {
		const [{ id } = {}] = getRows(execution, 'Create Video');
		const row = { generationId: id, file: 'sample.mp4', language: 'French' };
		const [{ outputUrl } = {}] = finished ? getRows(finished, 'When a Video Has Ended') : [];
		const ended = { ...row, status: 'COMPLETED', outputUrl, message: null };
		return [
			buildResult(execution, 'Add Row', Object.keys(row), [row]),
			buildResult(finished ?? execution, 'Update Row', Object.keys(ended), [ended]),
		];
	},
};

const videoAgent: Example = {
	file: 'video-agent.json',
	onlyLocal: 'a script takes the place of the language model',
	results: (execution, assets) => {
		const [found, created, finished] = ['Find Assets', 'Create Video', 'Get Video'].map(
			(output) => ({ output, rows: getToolRows(execution, output) }),
		);
		const expected = [...assets.values()]
			.filter((asset) => isNamed(asset, 'teaser'))
			.map((asset) => pick(asset, ['id', 'name', 'type', 'durationSeconds']));
		const [{ id } = {}] = created.rows;
		const [{ outputUrl } = {}] = finished.rows;
		const answer = { output: `Here is your video: ${outputUrl as string}` };
		return [
			{ ...found, expected },
			{ ...created, expected: [{ id, status: 'PENDING' }] },
			{ ...finished, expected: [{ id, status: 'COMPLETED', outputUrl }] },
			buildResult(execution, 'AI Agent', ['output'], [answer]),
		];
	},
};

/** All workflows in `examples/`, except for those in `finishedBy`. */
export const EXAMPLES: Example[] = [
	enrichRecords,
	branchByTypeAndDuration,
	notifyOnMissingAsset,
	uploadAFile,
	nightlyInventory,
	moveAssetsToProject,
	downloadAndKeep,
	lipSyncAVideo,
	talkingPortrait,
	dubAFolder,
	nightlyBatch,
	checkThePriceFirst,
	notifyOnFailedGeneration,
	resumeByWebhook,
	catchUpOnMissedCalls,
	enrichADataTable,
	emailMissingAssets,
	dubAnUpload,
	videoAgent,
];
