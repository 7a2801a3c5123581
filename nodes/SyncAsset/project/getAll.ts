import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readPages } from '../../shared/transport/pages';
import type { Project } from './projectItem';
import { toProjectItem } from './projectItem';

async function getAllProjects(item: ItemContext): Promise<INodeExecutionData[]> {
	const { sortBy } = item.readCollection('options');
	const qs = { ...item.readCollection('filters'), ...(sortBy !== undefined && { sortBy }) };
	return await readPages(item, qs, readLimit(item), (project: Project) => ({
		json: toProjectItem(project),
	}));
}

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
		optionsField([
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Last Change', value: 'updatedAt' },
					{ name: 'Name', value: 'name' },
				],
				default: 'updatedAt',
				description: 'How to sort the projects. With a limit, only the first ones are returned.',
			},
		]),
	],
	handle: getAllProjects,
});
