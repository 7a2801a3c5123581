import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { GENERATION_ROUTES } from '../fields';

/** Deletes a generation that has ended, for good. */
async function deleteGeneration(call: Call): Promise<INodeExecutionData> {
	await call.ask({ url: call.path('generationId', 'generation', GENERATION_ROUTES) });
	return { json: { id: call.subject.generationId, deleted: true } };
}

/** The entry in the Operation list. */
export const deleteOption: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete generation',
	description: 'Delete a generation that has ended, for good',
	routing: routing('DELETE', '/v2/generations', deleteGeneration),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Delete. */
export const deleteDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['delete'] } },
	properties,
);
