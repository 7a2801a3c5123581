import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { failureOfAnswer, FailureError, failureOfError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import { bodyOf, routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { PerRun } from '../../shared/transport/run';
import { inMegabytes } from '../../shared/files/storage';
import { callbackAddress } from '../request/callback';
import { jobOf } from '../paid/idempotency';
import { sendOnce } from '../paid/sendOnce';
import { refusal } from '../../shared/fields/values';
import { batchItem, isBatch } from './batchItem';
import { Gathering } from './gathering';
import type { Row } from './row';
import { moreRowFields, rowFields, rowOf } from './row';
import { asLines, sendRows } from './sendRows';

const LEAST_ROWS = 20;
const MOST_ROWS = 500;
/** What the API takes, in bytes: “5 MB”, which may mean a little less; then the API says so itself. */
const LARGEST_BATCH = 5 * 1024 ** 2;

const gatherings = new PerRun(() => new Gathering(sendBatch));

/** Makes a batch of all items of the run. It comes out once, for the first item, paired with all of them. */
async function createBatch(call: Call): Promise<INodeExecutionData[]> {
	const batch = await gatherings.of(call.context).join(call);
	return batch ? [batch] : [];
}

/** @throws FailureError when an item is wrong, before anything is sent, or when the API makes no batch */
async function sendBatch(calls: Call[]): Promise<INodeExecutionData> {
	const [first] = calls;
	checkCount(calls);
	const settings = {
		dryRun: first.parameter('dryRun', false) === true,
		webhookUrl: await callbackAddress(first, first.collection('options').webhookUrl),
	};
	const rows = await rowsOf(calls);
	checkSize(rows);
	const send = async () => await sendRows(first, rows, settings);
	// A dry run makes nothing.
	const answer = settings.dryRun ? await send() : await sendOnce(jobOf(first), 'batch', send);
	const body = bodyOf(answer);
	const isValid = (body as { status?: unknown } | null)?.status === 'VALIDATED';
	if (!isBatch(body) && !isValid) throw new FailureError(failureOfAnswer('a batch', body));
	const pairedItem = calls.map(({ context }) => ({ item: context.getItemIndex() }));
	return { json: batchItem(body as object), pairedItem };
}

function checkCount(calls: Call[]): void {
	const count = calls.length;
	const items = calls[0].context.getExecuteData().data.main?.[0]?.length ?? count;
	if (count < LEAST_ROWS) {
		throw refusal(
			`A batch has at least ${LEAST_ROWS} rows; there are ${count} items`,
			'Use Generation → Create for so few',
		);
	}
	if (count > MOST_ROWS) {
		throw refusal(
			`A batch has at most ${MOST_ROWS} rows; there are ${count} items`,
			`Put Loop Over Items before this node, with a Batch Size of ${MOST_ROWS} or less that leaves no rest below ${LEAST_ROWS}`,
		);
	}
	// n8n itself fails an item whose expression can't be evaluated.
	if (count < items) {
		throw refusal(
			`${items - count} of the ${items} items have no row, so no batch was made`,
			'Check the expressions in the fields of this node for every item',
		);
	}
}

/** The rows of the items. @throws FailureError that names the first item that is wrong */
async function rowsOf(calls: Call[]): Promise<Row[]> {
	const made = await Promise.allSettled(calls.map(rowOf));
	const places = new Map<string, number>();
	return made.map((result, index) => {
		const item = calls[index].context.getItemIndex();
		if (result.status === 'rejected') {
			const failure = failureOfError(result.reason);
			throw new FailureError({
				...failure,
				message: `Item ${item}: ${failure.message}. No batch was made.`,
			});
		}
		const row = result.value;
		const other = places.get(row.request_id);
		if (other !== undefined) {
			throw refusal(
				`Items ${other} and ${item} have the same row ID, “${row.request_id}”. No batch was made.`,
				'Point Row ID at a field that differs for each item, or leave it empty',
			);
		}
		places.set(row.request_id, item);
		return row;
	});
}

function checkSize(rows: Row[]): void {
	const size = Buffer.byteLength(asLines(rows));
	if (size <= LARGEST_BATCH) return;
	throw refusal(
		`The rows have ${inMegabytes(size)}, more than the ${inMegabytes(LARGEST_BATCH)} that sync.so takes in one batch`,
		'Make several batches, with Loop Over Items before this node',
	);
}

/** The entry in the Operation list. */
export const createOption: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create batch',
	description:
		'Make one batch of all input items, a row and a video each: 20 to 500 of them, of up to 30 seconds, within 24 hours. For the plan Scale and higher; each video costs money.',
	routing: routing('POST', '/v2/batch', createBatch),
};

const properties: INodeProperties[] = [
	...rowFields,
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether sync.so only checks the rows, and makes and charges nothing',
	},
	...moreRowFields,
	optionsField([
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/batch',
			description: 'An https address that sync.so calls once, when the batch has ended',
		},
	]),
];

/** The fields of Create. */
export const createDescription = updateDisplayOptions(
	{ show: { resource: ['batch'], operation: ['create'] } },
	properties,
);
