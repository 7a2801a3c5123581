import type { INodeProperties } from 'n8n-workflow';
import type { components } from '../../shared/api';
import type { Call } from '../../shared/transport/operation';
import { audioFields } from '../request/audio';
import { modelField } from '../fields';
import { modelOptionsField } from '../request/modelOptions';
import type { GenerationRequest } from '../request/request';
import { additionalFields, requestOf } from '../request/request';
import { refusal } from '../../shared/fields/values';
import { visualFields } from '../request/visual';

/** A row of a batch, as the API takes it. */
export type Row = Omit<components['schemas']['BatchRow'], 'payload'> & {
	payload: GenerationRequest['body'];
};

/** What rows have none of: keys are for single requests, and the batch as a whole has an address to report to. */
const NOT_IN_ROWS = ['idempotencyKey', 'webhookUrl'];

/** The fields that say what an item's row holds: those of a single generation. */
export const rowFields: INodeProperties[] = [
	modelField,
	...visualFields,
	...audioFields,
	{
		displayName: 'Row ID',
		name: 'rowId',
		type: 'string',
		default: '',
		placeholder: 'e.g. take-7',
		description:
			'The name of the row in the results, different for each item. Without it, row-0, row-1 and so on.',
	},
];

/** What else can be said of a row. */
export const moreRowFields: INodeProperties[] = [
	modelOptionsField,
	{
		...additionalFields,
		options: additionalFields.options?.filter(({ name }) => !NOT_IN_ROWS.includes(name)),
	},
];

/** The row of an item; its files are uploaded. @throws FailureError when a field is wrong */
export async function rowOf(call: Call): Promise<Row> {
	const requestId = rowIdOf(call);
	const { body } = await requestOf(call, false, false);
	return { request_id: requestId, endpoint: '/v2/generate', payload: body };
}

/** @throws FailureError when it is no text and no number */
function rowIdOf(call: Call): string {
	const given = call.parameter('rowId', '');
	if (typeof given !== 'string' && typeof given !== 'number') {
		throw refusal('The row ID is no text', 'Point Row ID at a field that holds the ID itself');
	}
	return `${given}`.trim() || `row-${call.context.getItemIndex()}`;
}
