import { isDeepStrictEqual } from 'node:util';

import { didRun, items, type Execution } from '../n8n/execution.mts';
import type { Asset } from '../nodes/shared/items/assetItem.ts';

/** The JSON of an item, or a part of it. */
export type Row = Record<string, unknown>;

/** What came out at one place of a workflow. */
export interface Result {
	/** The node, or the output of a node. */
	where: string;
	rows: Row[];
	/** What should have come out: these rows, with these values among their fields. */
	promised: Row[];
}

/** A workflow in `examples/`. */
export interface Example {
	/** Its file name there. */
	file: string;
	/** Whether it makes videos, which the real API charges for. */
	costs?: boolean;
	/** What a run of it gave; `assets` are the ones that the API has, by ID. */
	results: (execution: Execution, assets: Map<string, Asset>) => Result[];
}

/** Whether the example did here what it promises. */
export const isKept = ({ rows, promised }: Result): boolean =>
	rows.length === promised.length &&
	promised.every((row, index) => isDeepStrictEqual(pick(rows[index], Object.keys(row)), row));

const pick = (row: object, fields: string[]): Row =>
	Object.fromEntries(fields.map((field) => [field, (row as Row)[field] ?? null]));

/** The items of an output; none when nothing led to the node. */
const rowsOf = (execution: Execution, node: string, output?: number): Row[] =>
	didRun(execution, node) ? items(execution, node, output).map(({ json }) => json) : [];

/** What a node put out, of which `fields` are shown. */
function result(execution: Execution, node: string, fields: string[], promised: Row[]): Result {
	const rows = rowsOf(execution, node).map((row) => pick(row, fields));
	return { where: node, rows, promised };
}

/** What a node put out on its error output, with the fields of `error` beside those of the input. */
function errors(execution: Execution, node: string, promised: Row[]): Result {
	const rows = rowsOf(execution, node, 1).map(({ record, assetId, error }) => ({
		record,
		assetId,
		...pick(error as Row, ['statusCode', 'errorCode', 'message', 'hint']),
	}));
	return { where: `${node} (error output)`, rows, promised };
}

const enrichRecords: Example = {
	file: 'enrich-records.json',
	results: (execution, assets) => {
		const record = ['record', 'customer', 'assetId'];
		const facts = ['type', 'durationSeconds', 'size'];
		const promised = rowsOf(execution, 'Records').map((row) => ({
			...pick(row, record),
			...pick(assets.get(String(row.assetId)) ?? {}, facts),
		}));
		return [result(execution, 'Enriched Records', [...record, ...facts], promised)];
	},
};

const branchByTypeAndDuration: Example = {
	file: 'branch-by-type-and-duration.json',
	results: (execution, assets) => {
		const facts = ['id', 'name', 'type', 'durationSeconds'];
		const media = rowsOf(execution, 'Media').flatMap(
			({ assetId }) => assets.get(String(assetId)) ?? [],
		);
		const ofType = (type: string) => media.filter((asset) => asset.type === type);
		const isLong = ({ durationSeconds }: Asset) => (durationSeconds ?? 0) > 60;
		const timed = [...ofType('VIDEO'), ...ofType('AUDIO')];
		// The IF runs once for videos and once for audio, in an order that is n8n's own affair.
		const byId = (rows: Row[]) =>
			[...rows].sort((a, b) => String(a.id).localeCompare(String(b.id)));
		const promised = (some: Asset[], next: string) =>
			byId(some.map((asset) => ({ ...pick(asset, facts), next })));
		return [
			['Long Media', timed.filter(isLong), 'Cut into parts of a minute'] as const,
			['Short Media', timed.filter((asset) => !isLong(asset)), 'Ready for lip-sync'] as const,
			['Images', ofType('IMAGE'), 'Use a model that takes images'] as const,
		].map(([node, some, next]) => {
			const { where, rows } = result(execution, node, [...facts, 'next'], []);
			return { where, rows: byId(rows), promised: promised(some, next) };
		});
	},
};

const notifyOnMissingAsset: Example = {
	file: 'notify-on-missing-asset.json',
	results: (execution, assets) => {
		const records = rowsOf(execution, 'Records').map((row) => pick(row, ['record', 'assetId']));
		const isThere = ({ assetId }: Row) => assets.has(String(assetId));
		const found = records.filter(isThere);
		const missing = records.filter((record) => !isThere(record));
		const messages = (node: string, some: Row[], text: (assetId: string) => string) =>
			result(
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
			result(execution, 'Found Assets', ['id', 'name', 'type', 'found'], foundItems),
			messages('Notify: Not Found', missing, (id) => `asset ${id} was not found`),
			errors(execution, 'Get Asset', withStatus(missing, 404)),
			messages('Notify: Missing', missing, (id) => `asset ${id} does not exist`),
			errors(execution, 'Get Asset with a Wrong Key', withStatus(records, 401)),
			messages('Notify: Key Refused', records, () => 'sync.so refused the API key'),
		];
	},
};

const uploadAFile: Example = {
	file: 'upload-a-file.json',
	results: (execution) => {
		const fields = ['name', 'type', 'durationSeconds', 'size', 'reused'];
		const [uploaded] = rowsOf(execution, 'Upload Asset');
		const facts = pick(uploaded ?? {}, ['type', 'durationSeconds', 'size', 'reused']);
		return [result(execution, 'Enriched Record', fields, [{ name: 'interview.mp4', ...facts }])];
	},
};

const nightlyInventory: Example = {
	file: 'nightly-inventory.json',
	results: (execution) => {
		const all = rowsOf(execution, 'Get Many Assets');
		const sum = (rows: Row[], field: string) =>
			rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);
		const promised = [...new Set(all.map(({ type }) => type))].map((type) => {
			const rows = all.filter((row) => row.type === type);
			return { type, count_id: rows.length, sum_size: sum(rows, 'size') };
		});
		const fields = ['type', 'count_id', 'sum_durationSeconds', 'sum_size'];
		return [result(execution, 'Inventory', fields, promised)];
	},
};

const moveAssetsToProject: Example = {
	file: 'move-assets-to-project.json',
	results: (execution) => {
		const [project] = rowsOf(execution, 'Create Project');
		const promised = rowsOf(execution, 'Find Finished Assets').map(({ id }) => ({
			projectId: project?.id,
			assetId: id,
			added: true,
		}));
		return [result(execution, 'Add to Project', ['projectId', 'assetId', 'added'], promised)];
	},
};

const downloadAndKeep: Example = {
	file: 'download-and-keep.json',
	results: (execution) => {
		const promised = rowsOf(execution, 'Get Images').map(({ id }) => ({ assetId: id }));
		const fields = ['assetId', 'fileName', 'mimeType'];
		return [result(execution, 'Files to Keep', fields, promised)];
	},
};

const lipSyncAVideo: Example = {
	file: 'lip-sync-a-video.json',
	costs: true,
	results: (execution) => {
		const [generation] = rowsOf(execution, 'Create Video');
		const promised = {
			generationId: generation?.id,
			seconds: generation?.outputDuration,
			fileName: `${String(generation?.id)}.mp4`,
			mimeType: 'video/mp4',
		};
		return [result(execution, 'Finished Video', Object.keys(promised), [promised])];
	},
};

const talkingPortrait: Example = {
	file: 'talking-portrait.json',
	costs: true,
	results: (execution) => {
		const [generation] = rowsOf(execution, 'Create Video');
		const promised = {
			generationId: generation?.id,
			status: 'COMPLETED',
			fileName: 'weekly-news',
			outputUrl: generation?.outputUrl,
		};
		return [result(execution, 'Talking Portrait', Object.keys(promised), [promised])];
	},
};

const dubAFolder: Example = {
	file: 'dub-a-folder.json',
	costs: true,
	results: (execution) => {
		const promised = rowsOf(execution, 'Lessons').map(({ lesson }) => ({
			lesson,
			status: 'COMPLETED',
			outputFileName: `${String(lesson)}_es`,
		}));
		return [
			result(execution, 'Dubbed Videos', ['lesson', 'status', 'outputFileName'], promised),
			result(execution, 'Failed Lessons', ['lesson', 'message'], []),
		];
	},
};

const nightlyBatch: Example = {
	file: 'nightly-batch.json',
	costs: true,
	results: (execution) => {
		const promised = rowsOf(execution, 'Rows').map(({ customer: requestId }) => ({ requestId }));
		return [result(execution, 'Get Results', ['requestId'], promised)];
	},
};

const askThePriceFirst: Example = {
	file: 'ask-the-price-first.json',
	costs: true,
	results: (execution) => {
		const [generation] = rowsOf(execution, 'Create Video');
		const price = Number(rowsOf(execution, 'Estimate Cost')[1]?.estimatedGenerationCost);
		const message = `The video “interview” would cost ${price.toFixed(2)} US dollars. Shall it be made?`;
		return [
			result(
				execution,
				'Being Made',
				['video', 'generationId', 'status'],
				[{ video: 'teaser', generationId: generation?.id, status: 'PENDING' }],
			),
			result(execution, 'Ask Somebody', ['message'], [{ message }]),
		];
	},
};

const notifyOnFailedJob: Example = {
	file: 'notify-on-failed-job.json',
	costs: true,
	results: (execution) => [
		result(
			execution,
			'Finished Videos',
			['video', 'status'],
			[{ video: 'teaser', status: 'COMPLETED' }],
		),
		result(
			execution,
			'Notify',
			['errorCode', 'message'],
			[{ errorCode: 'generation_input_asset_type_mismatch' }],
		),
	],
};

const resumeByWebhook: Example = {
	file: 'resume-by-webhook.json',
	costs: true,
	results: (execution) => {
		const [{ id } = {}] = rowsOf(execution, 'Create Video');
		const promised = [{ id, status: 'COMPLETED' }];
		return ['Wait for Webhook', 'Get State'].map((node) =>
			result(execution, node, ['id', 'status'], promised),
		);
	},
};

/** The workflows in `examples/`, and what they promise. */
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
	askThePriceFirst,
	notifyOnFailedJob,
	resumeByWebhook,
];
