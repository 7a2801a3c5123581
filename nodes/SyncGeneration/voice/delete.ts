import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';

/** Deletes a cloned voice, for good. */
async function deleteVoice(call: Call): Promise<INodeExecutionData> {
	await call.ask({ url: call.path('voiceId', 'voice') });
	return { json: { id: call.subject.voiceId, deleted: true } };
}

/** The entry in the Operation list. */
export const deleteOption: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete voice',
	description: 'Delete a cloned voice for good, which frees a place for another clone',
	routing: routing('DELETE', '/v2/voices', deleteVoice),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Delete. */
export const deleteDescription = updateDisplayOptions(
	{ show: { resource: ['voice'], operation: ['delete'] } },
	properties,
);
