import type { INodeExecutionData } from 'n8n-workflow';
import { FailureError, failureOfInput } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { projectFields } from './fields';
import { projectIn, projectItem } from './projectItem';

/** Makes a project. Not sent again when it is uncertain whether it was done: that would give two. */
async function createProject(call: Call): Promise<INodeExecutionData> {
	const given = call.parameter('name');
	const name = typeof given === 'object' ? '' : String(given ?? '').trim();
	if (name === '') {
		throw new FailureError(
			failureOfInput(
				'The name of the project is empty or no text',
				'Enter a name, or check the expression',
			),
		);
	}
	const body = await call.ask({ body: { name, ...call.collection('additionalFields') } });
	return { json: projectItem(projectIn(body)) };
}

/** Project → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create project',
	description: 'Make a project, to file assets and generations under',
	request: { method: 'POST', url: '/v2/projects' },
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Spring Campaign',
			description: 'The name of the project in sync.so',
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
