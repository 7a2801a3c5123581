import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { readLimit, returnAllFields } from '../../shared/fields/returnAll';
import { isVoice, toVoiceItem } from '../../shared/items/voiceItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readArray } from '../../shared/transport/pages';

/** Lists voices. The API returns all of them in one response. */
async function getAllVoices(item: ItemContext): Promise<INodeExecutionData[]> {
	const limit = readLimit(item);
	const voices = await readArray(item, isVoice);
	return voices.slice(0, limit).map((voice) => ({ json: toVoiceItem(voice) }));
}

/** Voice → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many voices',
	description: 'Get the voices that can speak a script: sync.so voices and your clones',
	request: { method: 'GET', url: '/v2/voices' },
	fields: [...returnAllFields, optionsField()],
	handle: getAllVoices,
});
