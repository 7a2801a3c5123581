import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/options';
import { isOn } from '../../shared/fields/readers';
import { inMegabytes } from '../../shared/files/storage';
import { FailureError } from '../../shared/transport/errors';
import { failureOfError } from '../../shared/transport/networkErrors';
import type { Call } from '../../shared/transport/itemContext';
import { bodyOf } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { Barrier, PerRun } from '../../shared/transport/run';
import { invalidInput } from '../../shared/transport/values';
import { createWithoutKey } from '../paid/createOnce';
import { digestOfBody, findRecord, recordFor } from '../paid/idempotencyRecord';
import { readCallback } from '../request/callback';
import type { Batch } from './batchItem';
import { batchItem } from './batchItem';
import type { Row, RowDraft } from './row';
import { buildRow, moreRowFields, prepareRow, rowFields } from './row';
import { asLines, sendRows } from './sendRows';

const LEAST_ROWS = 20;
const MOST_ROWS = 500;
/** The API's limit in bytes: “5 MB”, which may mean a little less; then the API says so itself. */
const LARGEST_BATCH = 5 * 1024 ** 2;

/** All items share one batch, and its record. */
const SLOT = 'batch';

/** The items of a run on their way into one batch. */
interface Collection {
	calls: Call[];
	barrier: Barrier<RowDraft | undefined>;
	batch?: Promise<INodeExecutionData>;
}

const collections = new PerRun((): Collection => ({ calls: [], barrier: new Barrier() }));

/** Creates one batch of all items of the run. It is the output of the first item, paired with all of them. */
async function createBatch(call: Call): Promise<INodeExecutionData[]> {
	const collection = collections.of(call.run);
	const { calls, barrier } = collection;
	calls.push(call);
	const exists = findRecord(call, SLOT)?.result !== undefined;
	const results = await barrier.arrive(exists ? Promise.resolve(undefined) : prepareRow(call));
	const batch = await (collection.batch ??= sendBatch(calls, results));
	return calls[0] === call ? [batch] : [];
}

/** @throws FailureError if an item is invalid, before anything is sent, or if the API creates no batch */
async function sendBatch(
	calls: Call[],
	results: Array<PromiseSettledResult<RowDraft | undefined>>,
): Promise<INodeExecutionData> {
	const [first] = calls;
	const pairedItem = calls.map(({ item }) => ({ item }));
	const asItem = (batch: Partial<Batch>) => ({ json: batchItem(batch), pairedItem });
	const existing = findRecord(first, SLOT)?.result;
	if (existing) return asItem(existing as Partial<Batch>);
	checkCount(calls);
	const settings = {
		dryRun: isOn(first, dryRunField),
		webhookUrl: (await readCallback(first, first.addedFields('options')))?.url,
	};
	const rows = await buildRows(calls, checkedRows(calls, results));
	checkSize(rows);
	// A dry run creates nothing.
	if (settings.dryRun) {
		return asItem(bodyOf(await sendRows(first, rows, settings)) as Partial<Batch>);
	}
	const send = async (beforeAttempt: () => void) =>
		await sendRows(first, rows, { ...settings, beforeAttempt });
	const record = recordFor(first, digestOfBody(rows), undefined, SLOT);
	const advice = { thing: 'batch', where: 'with Batch → Get Many' };
	return asItem((await createWithoutKey(first, record, send, advice)) as Partial<Batch>);
}

function checkCount(calls: Call[]): void {
	const count = calls.length;
	const { itemCount } = calls[0].run;
	if (count < LEAST_ROWS) {
		throw invalidInput(
			`A batch needs at least ${LEAST_ROWS} items, but this run has ${count}`,
			'Use Generation → Create for fewer items',
		);
	}
	if (count > MOST_ROWS) {
		throw invalidInput(
			`A batch can have up to ${MOST_ROWS} items, but this run has ${count}`,
			`Put Loop Over Items before this node, with a 'Batch Size' of up to ${MOST_ROWS} that leaves no rest below ${LEAST_ROWS}`,
		);
	}
	// n8n itself fails an item whose expression can't be evaluated.
	if (count < itemCount) {
		throw invalidInput(
			`${itemCount - count} of the ${itemCount} items have no row, so no batch was created`,
			'Check the expressions in the fields of this node for every item',
		);
	}
}

/** The rows of all items. @throws FailureError that names the first item that is invalid */
function checkedRows(
	calls: Call[],
	results: Array<PromiseSettledResult<RowDraft | undefined>>,
): RowDraft[] {
	const itemsById = new Map<string, number>();
	return results.map((result, index) => {
		const { item } = calls[index];
		if (result.status === 'rejected') throw failedItem(item, result.reason);
		const row = result.value as RowDraft;
		const other = itemsById.get(row.requestId);
		if (other !== undefined) {
			throw invalidInput(
				`Items ${other} and ${item} have the same row ID: ${row.requestId}. No batch was created.`,
				"Point 'Row ID' at a field that differs for each item, or leave it empty",
			);
		}
		itemsById.set(row.requestId, item);
		return row;
	});
}

/** Uploads the files of all rows. @throws FailureError that names the first item whose file can't be uploaded */
async function buildRows(calls: Call[], drafts: RowDraft[]): Promise<Row[]> {
	const building = drafts.map(async (draft, index) => await buildRow(calls[index], draft));
	const built = await Promise.allSettled(building);
	return built.map((result, index) => {
		if (result.status === 'rejected') throw failedItem(calls[index].item, result.reason);
		return result.value;
	});
}

function failedItem(item: number, reason: unknown): FailureError {
	const failure = failureOfError(reason);
	return new FailureError({
		...failure,
		message: `Item ${item}: ${failure.message}. No batch was created.`,
	});
}

function checkSize(rows: Row[]): void {
	const size = Buffer.byteLength(asLines(rows));
	if (size <= LARGEST_BATCH) return;
	throw invalidInput(
		`The rows are ${inMegabytes(size)}, but a batch can have ${inMegabytes(LARGEST_BATCH)}`,
		'Create several batches, with Loop Over Items before this node',
	);
}

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
		'Create 20 to 500 videos from all input items in one batch. Charged per video. Needs the Scale plan; takes up to 24 hours.',
	request: { method: 'POST', url: '/v2/batch' },
	fields: [
		...rowFields,
		dryRunField,
		...moreRowFields,
		optionsField([
			{
				displayName: 'Webhook URL',
				name: 'webhookUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://n8n.example.com/webhook/batch',
				description: 'The https URL that sync.so calls once, when the batch has ended',
			},
		]),
	],
	handle: createBatch,
});
