import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parseChoices } from '../../shared/fields/choices';
import { optionalProject } from '../../shared/fields/projectLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { ASSET_TYPES } from './fields';

/** Which assets of the account are meant. */
export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		optionalProject('Only assets that are filed under this project'),
		{
			displayName: 'Search',
			name: 'searchQuery',
			type: 'string',
			default: '',
			placeholder: 'e.g. interview',
			description: 'Only assets whose name holds this text',
		},
		{
			displayName: 'Types',
			name: 'types',
			type: 'multiOptions',
			options: ASSET_TYPES,
			default: [],
			description: 'Only assets of these types. None chosen means all.',
		},
	],
};

/**
 * The query for the filters of a call.
 *
 * @throws FailureError when a type is none that sync.so has
 */
export function readFilters(item: ItemContext): IDataObject {
	const { types, ...filters } = item.collection('filters');
	const wanted = parseChoices(types, ASSET_TYPES, 'a type of asset');
	return { ...filters, ...(wanted !== undefined && { types: wanted }) };
}
