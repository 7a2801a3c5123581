import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { choicesOf } from '../../shared/fields/choices';
import type { Call } from '../../shared/transport/itemContext';
import { askEither } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField, simplifyField, wantsSimple } from '../../shared/fields/options';
import { pageOfArray, readPages } from '../../shared/transport/pages';
import { optionalProject } from '../../shared/fields/projectLocator';
import { limitOf, returnAllFields } from '../../shared/fields/returnAll';
import { STATUSES, statusFilter } from '../fields';
import type { Generation } from '../../shared/items/generationItem';
import { generationItem } from '../../shared/items/generationItem';

/** The newest documentation names the first, the official client uses the other. */
const ADDRESSES = ['/v2/generations', '/v2/generate'] as const;

/** Lists generations page by page. */
async function getAllGenerations(call: Call): Promise<INodeExecutionData[]> {
	const simplify = wantsSimple(call);
	const { status, ...filters } = call.collection('filters');
	const wanted = choicesOf(status, STATUSES, 'a status of a generation');
	return await readPages(
		call,
		{ ...filters, ...(wanted !== undefined && { status: wanted }) },
		limitOf(call),
		(generation: Generation) => ({ json: generationItem(generation, simplify) }),
		{
			ask: async (query: IDataObject) => await askEither(call, ADDRESSES, { qs: query }),
			pageIn: pageOfArray,
		},
	);
}

/** Generation → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many generations',
	description: 'List the generations of the organization, filtered by status and project',
	request: { method: 'GET', url: ADDRESSES[0] },
	fields: [
		...returnAllFields,
		simplifyField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				optionalProject('Only generations that are filed under this project'),
				statusFilter,
			],
		},
		optionsField(),
	],
	handle: getAllGenerations,
});
