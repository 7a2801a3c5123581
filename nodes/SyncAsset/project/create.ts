import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { projectFields } from './fields';
import { parseProject, toProjectItem } from './projectItem';

/** Creates a project. Not retried if the outcome is uncertain: that could create a second one. */
async function createProject(item: ItemContext): Promise<INodeExecutionData> {
	const value = item.parameter('name');
	const name = typeof value === 'object' ? '' : String(value ?? '').trim();
	if (name === '') {
		throw inputError(
			'The project name is empty or not text',
			"Enter a 'Name', or check the expression in it",
		);
	}
	const body = await item.request({ body: { name, ...item.readCollection('additionalFields') } });
	return { json: toProjectItem(parseProject(body)) };
}

/** Project → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create project',
	description: 'Create a project for assets and generations',
	request: { method: 'POST', url: '/v2/projects' },
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Spring Campaign',
			description: 'The name of the project',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: projectFields,
		},
		optionsField(),
	],
	handle: createProject,
});
