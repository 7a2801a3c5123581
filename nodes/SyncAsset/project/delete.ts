import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { projectLocator } from '../../shared/fields/projectLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';

async function deleteProject(item: ItemContext): Promise<INodeExecutionData> {
	await item.request({ url: item.readPath('projectId', 'project') });
	return { json: { id: item.errorFields.projectId, deleted: true } };
}

/** Project → Delete. */
export const deleteOperation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete project',
	description: 'Permanently delete a project',
	request: { method: 'DELETE', url: '/v2/projects' },
	fields: [projectLocator, optionsField()],
	handle: deleteProject,
});
