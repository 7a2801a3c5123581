import type { INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { GENERATION_ROUTES, generationLocator } from '../fields';

/** Deletes a generation that has ended, for good. */
async function deleteGeneration(call: Call): Promise<INodeExecutionData> {
	await call.ask({ url: call.path('generationId', 'generation', GENERATION_ROUTES) });
	return { json: { id: call.subject.generationId, deleted: true } };
}

/** Generation → Delete. */
export const deleteOperation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete generation',
	description: 'Delete a generation that has ended, for good',
	request: { method: 'DELETE', url: '/v2/generations' },
	fields: [generationLocator, optionsField()],
	handle: deleteGeneration,
});
