import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/options';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { GENERATION_ROUTES, generationLocator } from '../fields';

/** Permanently deletes a generation that has ended. */
async function deleteGeneration(item: ItemContext): Promise<INodeExecutionData> {
	await item.request({ url: item.path('generationId', 'generation', GENERATION_ROUTES) });
	return { json: { id: item.errorFields.generationId, deleted: true } };
}

/** Generation → Delete. */
export const deleteOperation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete generation',
	description: 'Permanently delete a generation that has ended',
	request: { method: 'DELETE', url: '/v2/generations' },
	fields: [generationLocator, optionsField()],
	handle: deleteGeneration,
});
