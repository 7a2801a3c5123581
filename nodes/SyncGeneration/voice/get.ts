import type { INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { VOICE_PROVIDER, voiceIn, voiceItem } from '../../shared/items/voiceItem';
import { voiceLocator } from '../../shared/fields/voiceLocator';

/** Gets a voice. */
async function getVoice(call: Call): Promise<INodeExecutionData> {
	const url = call.path('voiceId', 'voice');
	return { json: voiceItem(voiceIn(await call.ask({ url, qs: { provider: VOICE_PROVIDER } }))) };
}

/** Voice → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get voice',
	description: 'Look up one voice by its ID: name, provider, and a recording to listen to',
	request: { method: 'GET', url: '/v2/voices' },
	fields: [voiceLocator, optionsField()],
	handle: getVoice,
});
