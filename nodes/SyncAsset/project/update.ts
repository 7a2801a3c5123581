import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { projectLocator } from '../../shared/fields/projectLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readUpdateFields } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { projectFields } from './fields';
import { parseProject, toProjectItem } from './projectItem';

/** Updates fields of a project. Idempotent, so it's safe to retry. */
async function updateProject(item: ItemContext): Promise<INodeExecutionData> {
	const url = item.readPath('projectId', 'project');
	const body = await item.request({ url, body: readUpdateFields(item) }, { idempotent: true });
	return { json: toProjectItem(parseProject(body)) };
}

/** Project → Update. */
export const updateOperation = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update project',
	description: 'Change the name, description or settings of a project',
	request: { method: 'PATCH', url: '/v2/projects' },
	fields: [
		projectLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to change. Fields that you add and leave empty are cleared.',
			options: [
				...projectFields,
				{
					displayName: 'Name',
					name: 'name',
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. Spring Campaign',
					description: 'The name of the project',
				},
			].sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
		optionsField(),
	],
	handle: updateProject,
});
