import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { projectLocator } from '../../shared/fields/projectLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { parseProject, toProjectItem } from './projectItem';

async function getProject(item: ItemContext): Promise<INodeExecutionData> {
	const body = await item.request({ url: item.readPath('projectId', 'project') });
	return { json: toProjectItem(parseProject(body)) };
}

/** Project → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get project',
	description: 'Get a project by ID: name, description, visibility, mode',
	request: { method: 'GET', url: '/v2/projects' },
	fields: [projectLocator, optionsField()],
	handle: getProject,
});
