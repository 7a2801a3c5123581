import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { readBoolean } from '../../shared/fields/readers';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import { formatMegabytes } from '../../shared/files/storage';
import type { Batch } from '../../shared/items/batchItem';
import { isBatch, toBatchItem } from '../../shared/items/batchItem';
import { Collector } from '../../shared/transport/collector';
import { FailureError, inputError, resultFailure } from '../../shared/transport/errors';
import { hashJson } from '../../shared/transport/hashJson';
import type { ItemContext } from '../../shared/transport/itemContext';
import { requireBody } from '../../shared/transport/itemContext';
import { failureFromError } from '../../shared/transport/networkErrors';
import { defineOperation } from '../../shared/transport/operation';
import { PerRun } from '../../shared/transport/run';
import { parseChoice } from '../../shared/transport/values';
import { createDontWaitOption } from '../fields';
import { batchCostGuardFields, checkBatchCost } from '../paid/costGuard';
import { createWithoutKey } from '../paid/createOnce';
import type { IdempotencyRecord } from '../paid/idempotencyRecord';
import { findRecord, getOrCreateRecord } from '../paid/idempotencyRecord';
import { recordCreated } from '../paid/recordCreated';
import { buildCallbackUrl, readCallback } from '../request/callback';
import { hasFiles } from '../request/requestDraft';
import { findByMarker } from './findByMarker';
import { isValidated, postBatch, toJsonLines } from './postBatch';
import type { Row, RowDraft } from './row';
import {
	buildRow,
	estimateRowCost,
	extraRowFields,
	prepareRow,
	rowFields,
	uploadRowFiles,
} from './row';

const MIN_ROWS = 20;
const MAX_ROWS = 500;
/** In bytes. The API documents “5 MB”. If that means 5,000,000 bytes, it rejects a batch between the two sizes. */
const MAX_BATCH_SIZE = 5 * 1024 ** 2;

/** The name of the record. All items share one batch, so they share its record. */
const BATCH_RECORD = 'batch';

/** An item and its row. The row is undefined if an earlier attempt created the batch. */
interface Entry {
	item: ItemContext;
	row: Promise<RowDraft | undefined>;
}

const collectors = new PerRun(
	() =>
		new Collector(async (entries: Entry[]) => {
			const items = entries.map(({ item }) => item);
			const rows = await Promise.allSettled(entries.map(({ row }) => row));
			return { first: items[0], batch: await sendBatch(items, rows) };
		}),
);

/** Creates one batch from all items of the run. The first item outputs it, paired with all of them. */
async function createBatch(item: ItemContext): Promise<INodeExecutionData[]> {
	const isCreated = findRecord(item, BATCH_RECORD)?.result !== undefined;
	const row = isCreated ? Promise.resolve(undefined) : prepareRow(item);
	// Prevents an unhandled rejection. The batch fails with this error for all items.
	row.catch(() => undefined);
	const { first, batch } = await collectors.get(item.run).add({ item, row });
	return first === item ? [batch] : [];
}

/**
 * Creates the batch, unless an earlier attempt created it.
 *
 * @throws FailureError if an item is invalid, in which case nothing is sent, or if the batch can't be created
 */
async function sendBatch(
	items: ItemContext[],
	results: Array<PromiseSettledResult<RowDraft | undefined>>,
): Promise<INodeExecutionData> {
	const [first] = items;
	const pairedItem = items.map(({ index }) => ({ item: index }));
	const asItem = (batch: Partial<Batch>) => ({ json: toBatchItem(batch), pairedItem });
	const dryRun = readBoolean(first, dryRunField);
	const existing = findRecord(first, BATCH_RECORD)?.result as Batch | undefined;
	if (existing) {
		if (dryRun) throw createDryRunError(existing);
		return asItem(existing);
	}
	checkCount(items);
	parseChoice(first.parameter('wait', 'no'), 'Wait', WAIT_MODES);
	const callback = await readCallback(first, first.addedFields('options'), true);
	const rows = await uploadRows(items, checkRows(items, results));
	checkSize(rows);
	const record = getOrCreateRecord(first, hashJson(rows), undefined, BATCH_RECORD);
	if (dryRun) return asItem(await checkWithApi(first, record, rows, callback?.url));
	const webhookUrl = callback && buildCallbackUrl(callback, record.key);
	const send = async (beforeAttempt: () => void) =>
		await postBatch(first, rows, { dryRun: false, webhookUrl, beforeAttempt });
	const created = await createWithoutKey(first, record, send, {
		thing: 'batch',
		where: 'with Batch → Get Many',
		find: callback?.resumes ? async () => await findByMarker(first, record.key) : undefined,
	});
	return asItem(created as Partial<Batch>);
}

/** Lets the API check the rows. @throws FailureError if they are invalid, or if the API created the batch nevertheless */
async function checkWithApi(
	item: ItemContext,
	record: IdempotencyRecord,
	rows: Row[],
	webhookUrl?: string,
): Promise<Partial<Batch>> {
	const result = requireBody(await postBatch(item, rows, { dryRun: true, webhookUrl }));
	if (isValidated(result) || !isBatch(result)) return result as Partial<Batch>;
	record.result = result as Batch & IDataObject;
	recordCreated(item, 'batch', { batchId: result.id });
	throw createDryRunError(result);
}

const createDryRunError = ({ id }: Batch): FailureError =>
	new FailureError(
		resultFailure(
			`sync.so created the batch ${id} although 'Dry Run' is on`,
			'Get its videos with Batch → Get Results, and contact sync.so support about the charge',
		),
	);

function checkCount(items: ItemContext[]): void {
	const count = items.length;
	const { itemCount } = items[0].run;
	if (count < MIN_ROWS) {
		throw inputError(
			`A batch needs at least ${MIN_ROWS} items, but this run has ${count}`,
			'Use Generation → Create for fewer items',
		);
	}
	if (count > MAX_ROWS) {
		throw inputError(
			`A batch can have up to ${MAX_ROWS} items, but this run has ${count}`,
			`Put Loop Over Items before this node, with a 'Batch Size' of up to ${MAX_ROWS} that leaves no last batch below ${MIN_ROWS}`,
		);
	}
	// n8n itself fails an item if its expressions can't be evaluated, so such an item never gets here.
	if (count < itemCount) {
		throw inputError(
			`${itemCount - count} of the ${itemCount} items could not be evaluated, so no batch was created`,
			'Check the expressions in the fields of this node for every item',
		);
	}
}

/** Returns the rows of all items. @throws FailureError that names the first invalid item */
function checkRows(
	items: ItemContext[],
	results: Array<PromiseSettledResult<RowDraft | undefined>>,
): RowDraft[] {
	const indexByRowId = new Map<string, number>();
	return results.map((result, position) => {
		const { index } = items[position];
		if (result.status === 'rejected') throw createItemError(index, result.reason);
		const row = result.value as RowDraft;
		const otherIndex = indexByRowId.get(row.requestId);
		if (otherIndex !== undefined) {
			throw inputError(
				`Items ${otherIndex} and ${index} have the same row ID: ${row.requestId}. No batch was created.`,
				"Use an expression in 'Row ID' that differs for each item, or leave it empty",
			);
		}
		indexByRowId.set(row.requestId, index);
		return row;
	});
}

/**
 * Checks the cost of all rows together, and uploads their files. If there are any, the cost is checked after the upload,
 * when their length is known.
 *
 * @throws FailureError if the batch would cost too much, or that names the first item that failed
 */
async function uploadRows(items: ItemContext[], drafts: RowDraft[]): Promise<Row[]> {
	const [{ guard }] = drafts;
	const checkCost = async (rows: RowDraft[]) =>
		guard && checkBatchCost(await forEachItem(items, rows, estimateRowCost), guard);
	const haveFiles = drafts.some(({ draft }) => hasFiles(draft));
	if (!haveFiles) await checkCost(drafts);
	const uploaded = await forEachItem(items, drafts, uploadRowFiles);
	if (haveFiles) await checkCost(uploaded);
	return uploaded.map(buildRow);
}

/** Does something for all items at once. @throws FailureError that names the first item that failed */
async function forEachItem<Result>(
	items: ItemContext[],
	rows: RowDraft[],
	handle: (item: ItemContext, row: RowDraft) => Promise<Result>,
): Promise<Result[]> {
	const handling = rows.map(async (row, position) => await handle(items[position], row));
	const results = await Promise.allSettled(handling);
	return results.map((result, position) => {
		if (result.status === 'rejected') throw createItemError(items[position].index, result.reason);
		return result.value;
	});
}

function createItemError(index: number, reason: unknown): FailureError {
	const failure = failureFromError(reason);
	return new FailureError({
		...failure,
		message: `Item ${index}: ${failure.message.replace(/\.$/, '')}. No batch was created.`,
	});
}

function checkSize(rows: Row[]): void {
	const size = Buffer.byteLength(toJsonLines(rows));
	if (size <= MAX_BATCH_SIZE) return;
	throw inputError(
		`The rows are ${formatMegabytes(size)}, but a batch can have ${formatMegabytes(MAX_BATCH_SIZE)}`,
		'Create several batches, with Loop Over Items before this node',
	);
}

const WAIT_MODES = ['no', 'webhook'] as const;

const waitOptions: INodePropertyOptions[] = [
	createDontWaitOption('batch'),
	{
		name: 'Resume by Webhook',
		value: 'webhook',
		description: 'Add Wait for Webhook after this node, and then Get Results',
	},
];

const waitField: INodeProperties = {
	displayName: 'Wait',
	name: 'wait',
	type: 'options',
	options: waitOptions,
	default: 'no',
	description: 'Whether and how to wait for the videos, which take up to a day',
};

const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to only check the rows, without creating or charging anything',
};

/** Batch → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create batch',
	description:
		'Create 20 to 500 videos in one batch (Scale plan, up to 24 hours). Charged per video.',
	displayOptions: HIDDEN_IN_TOOLS,
	request: { method: 'POST', url: '/v2/batch' },
	fields: [
		...rowFields,
		waitField,
		dryRunField,
		...extraRowFields,
		optionsField([
			...batchCostGuardFields,
			{
				displayName: 'Webhook URL',
				name: 'webhookUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://n8n.example.com/webhook/batch',
				description:
					"The https URL that sync.so calls once when the batch has ended. To resume this workflow, use 'Resume by Webhook' instead.",
			},
		]),
	],
	handle: createBatch,
});
