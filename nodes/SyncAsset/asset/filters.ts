import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parseChoices } from '../../shared/fields/parseChoices';
import { createProjectField } from '../../shared/fields/projectLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { ASSET_TYPES } from './fields';

/** Limits which assets are listed or counted. */
export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		createProjectField('Only assets in this project'),
		{
			displayName: 'Search',
			name: 'searchQuery',
			type: 'string',
			default: '',
			placeholder: 'e.g. interview',
			description: 'Only assets whose name contains this text',
		},
		{
			displayName: 'Types',
			name: 'types',
			type: 'multiOptions',
			options: ASSET_TYPES,
			default: [],
			description: 'Only assets of these types. Leave empty for all types.',
		},
	],
};

/**
 * Reads {@link filtersField} as query parameters.
 *
 * @throws FailureError if a type is unknown
 */
export function readFilters(item: ItemContext): IDataObject {
	const { types, ...filters } = item.readCollection('filters');
	const validTypes = parseChoices(types, ASSET_TYPES, 'a type of asset');
	return { ...filters, ...(validTypes !== undefined && { types: validTypes }) };
}
