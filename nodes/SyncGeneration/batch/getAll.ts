import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { parseTime } from '../../shared/fields/readers';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import { isBatch, toBatchItem } from '../../shared/items/batchItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readArray } from '../../shared/transport/pages';

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
		...(createdAfter !== undefined && {
			created_after: parseTime(item, createdAfter, 'Created After'),
		}),
		...(createdBefore !== undefined && {
			created_before: parseTime(item, createdBefore, 'Created Before'),
		}),
	};
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
