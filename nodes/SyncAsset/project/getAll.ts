import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import { createSortField, readSortBy } from '../../shared/fields/sort';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readPages } from '../../shared/transport/pages';
import type { Project } from './projectItem';
import { toProjectItem } from './projectItem';

async function getAllProjects(item: ItemContext): Promise<INodeExecutionData[]> {
	const sortBy = readSortBy(item, SORT_CHOICES);
	const qs = { ...item.readCollection('filters'), ...(sortBy !== undefined && { sortBy }) };
	return await readPages(item, qs, readLimit(item), (project: Project) => ({
		json: toProjectItem(project),
	}));
}

/** What projects can be sorted by. The API determines the direction. */
const SORT_CHOICES = [
	{ name: 'Last Change', value: 'updatedAt' },
	{ name: 'Name', value: 'name' },
];

/** Project → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many projects',
	description: 'Get projects, optionally filtered by name',
	request: { method: 'GET', url: '/v2/projects' },
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
					displayName: 'Search',
					name: 'searchQuery',
					type: 'string',
					default: '',
					placeholder: 'e.g. spring campaign',
					description: 'Only projects whose name contains this text',
				},
			],
		},
		optionsField(),
		createSortField('projects', SORT_CHOICES, 'updatedAt'),
	],
	handle: getAllProjects,
});
