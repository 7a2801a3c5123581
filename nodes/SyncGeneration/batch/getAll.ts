import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readArray } from '../../shared/transport/pages';
import { isBatch, toBatchItem } from '../../shared/items/batchItem';

/** Lists batches, newest first. The API returns all of them in one response. */
async function getAllBatches(item: ItemContext): Promise<INodeExecutionData[]> {
	const limit = readLimit(item);
	const batches = await readArray(item, isBatch, readFilters(item));
	return batches.slice(0, limit).map((batch) => ({ json: toBatchItem(batch) }));
}

/** @throws FailureError if a date is invalid */
function readFilters(item: ItemContext): IDataObject {
	const { status, createdAfter, createdBefore } = item.readCollection('filters');
	return {
		...(status !== undefined && { status }),
		...(createdAfter !== undefined && { created_after: readTime(createdAfter, 'Created After') }),
		...(createdBefore !== undefined && {
			created_before: readTime(createdBefore, 'Created Before'),
		}),
	};
}

/** Converts a date to the API's format. An expression may return a Luxon date. @throws FailureError if it is invalid */
function readTime(value: unknown, label: string): string {
	const time = new Date(value instanceof Date ? value : String(value));
	if (!Number.isNaN(time.getTime())) return time.toISOString();
	throw inputError(`${label} is not a date`, 'Enter a date such as 2026-01-15T09:30:00Z');
}

/** Batch → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many batches',
	description: 'Get batches, optionally filtered by status and time',
	request: { method: 'GET', url: '/v2/batch' },
	fields: [
		...returnAllFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
					description: 'Only batches created after this time',
				},
				{
					displayName: 'Created Before',
					name: 'createdBefore',
					type: 'dateTime',
					default: '',
					description: 'Only batches created before this time',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Completed', value: 'COMPLETED' },
						{ name: 'Failed', value: 'FAILED' },
						{ name: 'Jobs Created', value: 'JOBS_CREATED' },
						{ name: 'Pending', value: 'PENDING' },
						{ name: 'Processing', value: 'PROCESSING' },
					],
					default: 'COMPLETED',
					description: 'Only batches with this status',
				},
			],
		},
		optionsField(),
	],
	handle: getAllBatches,
});
