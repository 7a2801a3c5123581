import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { projectIn, projectItem } from './projectItem';

/** Gets a project. */
async function getProject(call: Call): Promise<INodeExecutionData> {
	const body = await call.ask({ url: call.path('projectId', 'project') });
	return { json: projectItem(projectIn(body)) };
}

/** The entry in the Operation list. */
export const getOption: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get project',
	description: 'Look up one project by its ID: name, description, visibility, mode',
	routing: routing('GET', '/v2/projects', getProject),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Get. */
export const getDescription = updateDisplayOptions(
	{ show: { resource: ['project'], operation: ['get'] } },
	properties,
);
