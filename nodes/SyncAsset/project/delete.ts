import type { INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { projectLocator } from '../../shared/fields/projectLocator';

/** Deletes a project, for good. */
async function deleteProject(call: Call): Promise<INodeExecutionData> {
	await call.ask({ url: call.path('projectId', 'project') });
	return { json: { id: call.subject.projectId, deleted: true } };
}

/** Project → Delete. */
export const deleteOperation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete project',
	description: 'Delete a project for good',
	request: { method: 'DELETE', url: '/v2/projects' },
	fields: [projectLocator, optionsField()],
	handle: deleteProject,
});
