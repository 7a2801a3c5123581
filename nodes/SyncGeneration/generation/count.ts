import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { parseChoices } from '../../shared/fields/parseChoices';
import { unexpectedBodyError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { STATUSES, statusFilter } from '../fields';

async function countGenerations(item: ItemContext): Promise<INodeExecutionData> {
	const { status, ...filters } = item.readCollection('filters');
	const validStatuses = parseChoices(status, STATUSES, 'a status of a generation');
	const qs = { ...filters, ...(validStatuses !== undefined && { status: validStatuses }) };
	const body = await item.request({ qs });
	const { count } = (body ?? {}) as { count?: unknown };
	if (!Number.isInteger(count)) throw unexpectedBodyError('a number', body);
	return { json: { count: count as number } };
}

/** Generation → Count. */
export const countOperation = defineOperation({
	name: 'Count',
	value: 'count',
	action: 'Count generations',
	description: 'Count generations, optionally filtered by status and origin',
	request: { method: 'GET', url: '/v2/generations/count' },
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Only My Own',
					name: 'currentUserOnly',
					type: 'boolean',
					default: false,
					description: "Whether to count only the generations of the API key's owner",
				},
				{
					displayName: 'Origin',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'API', value: 'api' },
						{ name: 'Playground', value: 'playground' },
					],
					default: 'api',
					description: 'Only generations created there',
				},
				statusFilter,
			],
		},
		optionsField(),
	],
	handle: countGenerations,
});
