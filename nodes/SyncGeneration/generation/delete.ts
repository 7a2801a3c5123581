import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { generationLocator, RESERVED_GENERATION_IDS } from '../fields';

async function deleteGeneration(item: ItemContext): Promise<INodeExecutionData> {
	await item.request({ url: item.readPath('generationId', 'generation', RESERVED_GENERATION_IDS) });
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
