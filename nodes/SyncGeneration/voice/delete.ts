import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { clonedVoiceLocator } from '../../shared/fields/voiceLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';

async function deleteVoice(item: ItemContext): Promise<INodeExecutionData> {
	await item.request({ url: item.readPath('voiceId', 'voice') });
	return { json: { id: item.errorFields.voiceId, deleted: true } };
}

/** Voice → Delete. */
export const deleteOperation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete voice',
	description: 'Permanently delete a cloned voice. This frees one clone of your plan.',
	request: { method: 'DELETE', url: '/v2/voices' },
	fields: [clonedVoiceLocator, optionsField()],
	handle: deleteVoice,
});
