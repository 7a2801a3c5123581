import type { INodeProperties } from 'n8n-workflow';
import type { components } from '../../shared/api';
import type { ItemContext } from '../../shared/transport/itemContext';
import { isBlank, parseText } from '../../shared/transport/values';
import { modelFields } from '../fields';
import type { CostGuard } from '../paid/costGuard';
import { estimateRequestCost, readCostGuard } from '../paid/costGuard';
import { additionalFields } from '../request/additionalFields';
import { audioFields } from '../request/audio';
import type { RequestBody } from '../request/generationRequest';
import { buildRequest } from '../request/generationRequest';
import { modelOptionsField } from '../request/modelOptions';
import type { RequestDraft } from '../request/requestDraft';
import { getMaxDuration, prepareRequest, uploadFiles } from '../request/requestDraft';
import { visualFields } from '../request/visual';

/** A row of a batch, in the API's format. */
export type Row = Omit<components['schemas']['BatchRow'], 'payload'> & {
	payload: RequestBody;
};

/** Fields that rows don't support: keys belong to single requests, and a batch has one webhook for all rows. */
const NOT_IN_ROWS = ['idempotencyKey', 'webhookUrl'];

/** The fields of a row: those of a generation, and its ID. */
export const rowFields: INodeProperties[] = [
	...modelFields,
	...visualFields,
	...audioFields,
	{
		displayName: 'Row ID',
		name: 'rowId',
		type: 'string',
		default: '',
		placeholder: 'e.g. take-7',
		description:
			'The ID of the row in the results, unique per item. Defaults to row-0, row-1 and so on.',
	},
];

/** The optional fields of a row. */
export const extraRowFields: INodeProperties[] = [
	modelOptionsField,
	{
		...additionalFields,
		options: additionalFields.options?.filter(({ name }) => !NOT_IN_ROWS.includes(name)),
	},
];

/** The validated row of an item, before its files are uploaded. */
export interface RowDraft {
	requestId: string;
	draft: RequestDraft;
	/** The cost limit, which is that of the first row, and the length of this row's video. */
	guard?: CostGuard;
}

/** Reads and validates the row of an item. Nothing is uploaded or created. @throws FailureError if it is invalid */
export async function prepareRow(item: ItemContext): Promise<RowDraft> {
	const guard = readCostGuard(item);
	const wantsDuration = guard !== undefined && guard.duration === undefined;
	return { requestId: readRowId(item), draft: await prepareRequest(item, wantsDuration), guard };
}

/** Uploads the files of a row. The returned row refers to assets instead. @throws FailureError if that fails */
export const uploadRowFiles = async (item: ItemContext, row: RowDraft): Promise<RowDraft> => ({
	...row,
	draft: await uploadFiles(item, row.draft, true),
});

/** Builds a row, whose files were uploaded. */
export const buildRow = ({ requestId, draft }: RowDraft): Row => ({
	request_id: requestId,
	endpoint: '/v2/generate',
	payload: buildRequest(draft).body,
});

/** Estimates the cost of a row in US dollars. @throws FailureError if it can't be estimated */
export const estimateRowCost = async (
	item: ItemContext,
	{ draft, guard }: RowDraft,
): Promise<number> =>
	await estimateRequestCost(item, buildRequest(draft), guard?.duration ?? getMaxDuration(draft));

/** Reads the row's ID. Defaults to the item's index. @throws FailureError if it is neither text nor a number */
function readRowId(item: ItemContext): string {
	const value = item.parameter('rowId', '');
	if (isBlank(value)) return `row-${item.index}`;
	return typeof value === 'number' ? String(value) : parseText(value, 'Row ID');
}
