import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { voiceLocator } from '../../shared/fields/voiceLocator';
import { parseVoice, toVoiceItem, VOICE_PROVIDER } from '../../shared/items/voiceItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';

async function getVoice(item: ItemContext): Promise<INodeExecutionData> {
	const url = item.readPath('voiceId', 'voice');
	return {
		json: toVoiceItem(parseVoice(await item.request({ url, qs: { provider: VOICE_PROVIDER } }))),
	};
}

/** Voice → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get voice',
	description: 'Get a voice by ID: name, provider and a preview to listen to',
	request: { method: 'GET', url: '/v2/voices' },
	fields: [voiceLocator, optionsField()],
	handle: getVoice,
});
