import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { parseTime } from '../../shared/fields/readers';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import type { Page } from '../../shared/transport/pages';
import { readPages } from '../../shared/transport/pages';
import { isUsage, toUsageItem } from './usageItem';

/** The API's maximum page size for costs. */
const PAGE_SIZE = 500;

/** Lists what each generation of a period has cost. */
async function getAllUsage(item: ItemContext): Promise<INodeExecutionData[]> {
	const [startTime, endTime] = [startTimeField, endTimeField].map(
		({ name, displayName, default: last }) =>
			parseTime(item, item.parameter(name, last as string), displayName),
	);
	if (startTime >= endTime) {
		throw inputError(
			`The period ends at ${endTime}, which is not after its start (${startTime})`,
			"Set 'End Time' to a later time than 'Start Time'",
		);
	}
	const toOutput = (cost: object) => ({ json: toUsageItem(cost) });
	const settings = { findPage, pageSize: PAGE_SIZE };
	return await readPages(item, { startTime, endTime }, readLimit(item), toOutput, settings);
}

/** Finds the page in a response: costs have no ID of their own. */
function findPage(body: unknown): Page<object> | undefined {
	const { items } = (body ?? {}) as { items?: unknown };
	return Array.isArray(items) && items.every(isUsage) ? (body as Page<object>) : undefined;
}

const startTimeField: INodeProperties = {
	displayName: 'Start Time',
	name: 'startTime',
	type: 'dateTime',
	required: true,
	default: "={{ $now.minus({ months: 1 }).startOf('month') }}",
	description: 'The beginning of the period. Defaults to the beginning of the last month.',
};

const endTimeField: INodeProperties = {
	displayName: 'End Time',
	name: 'endTime',
	type: 'dateTime',
	required: true,
	default: "={{ $now.startOf('month') }}",
	description:
		'The end of the period, which is not part of it. Defaults to the end of the last month.',
};

/** Usage → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get usage of many generations',
	description: 'Get the cost of each generation in a period, in US dollars',
	request: { method: 'GET', url: '/v2/usage/generations' },
	fields: [startTimeField, endTimeField, ...returnAllFields, optionsField()],
	handle: getAllUsage,
});
