import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { optionsField, outputFields, readSimplify } from '../../shared/fields/commonFields';
import { parseChoices } from '../../shared/fields/parseChoices';
import { createProjectField } from '../../shared/fields/projectLocator';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import type { Generation } from '../../shared/items/generationItem';
import { toGenerationItem } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { requestWithFallback } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { findPageInArray, readPages } from '../../shared/transport/pages';
import { STATUSES, statusFilter } from '../fields';

/** The latest documentation names the first endpoint; the official client uses the second one. */
const ENDPOINTS = ['/v2/generations', '/v2/generate'] as const;

async function getAllGenerations(item: ItemContext): Promise<INodeExecutionData[]> {
	const simplify = readSimplify(item);
	const { status, ...filters } = item.readCollection('filters');
	const validStatuses = parseChoices(status, STATUSES, 'a status of a generation');
	return await readPages(
		item,
		{ ...filters, ...(validStatuses !== undefined && { status: validStatuses }) },
		readLimit(item),
		(generation: Generation) => ({ json: toGenerationItem(generation, simplify) }),
		{
			requestPage: async (query: IDataObject) =>
				await requestWithFallback(item, ENDPOINTS, { qs: query }),
			findPage: findPageInArray,
		},
	);
}

/** Generation → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many generations',
	description: 'Get generations, optionally filtered by status and project',
	request: { method: 'GET', url: ENDPOINTS[0] },
	fields: [
		...returnAllFields,
		...outputFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [createProjectField('Only generations in this project'), statusFilter],
		},
		optionsField(),
	],
	handle: getAllGenerations,
});
