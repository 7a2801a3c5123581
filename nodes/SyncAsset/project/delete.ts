import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';

/** Deletes a project, for good. */
async function deleteProject(call: Call): Promise<INodeExecutionData> {
	await call.ask({ url: call.path('projectId', 'project') });
	return { json: { id: call.subject.projectId, deleted: true } };
}

/** The entry in the Operation list. */
export const deleteOption: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete project',
	description: 'Delete a project for good',
	routing: routing('DELETE', '/v2/projects', deleteProject),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Delete. */
export const deleteDescription = updateDisplayOptions(
	{ show: { resource: ['project'], operation: ['delete'] } },
	properties,
);
