import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { VOICE_PROVIDER, voiceIn, voiceItem } from '../../shared/items/voiceItem';

/** Gets a voice. */
async function getVoice(call: Call): Promise<INodeExecutionData> {
	const url = call.path('voiceId', 'voice');
	return { json: voiceItem(voiceIn(await call.ask({ url, qs: { provider: VOICE_PROVIDER } }))) };
}

/** The entry in the Operation list. */
export const getOption: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get voice',
	description: 'Look up one voice by its ID: name, provider, and a recording to listen to',
	routing: routing('GET', '/v2/voices', getVoice),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Get. */
export const getDescription = updateDisplayOptions(
	{ show: { resource: ['voice'], operation: ['get'] } },
	properties,
);
