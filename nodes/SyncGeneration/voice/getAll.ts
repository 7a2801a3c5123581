import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { readArray } from '../../shared/transport/pages';
import { limitOf, returnAllFields } from '../../shared/fields/returnAll';
import { isVoice, voiceItem } from '../../shared/items/voiceItem';

/** Lists voices; the API gives all of them in one answer. */
async function getAllVoices(call: Call): Promise<INodeExecutionData[]> {
	const limit = limitOf(call);
	const voices = await readArray(call, isVoice);
	return voices.slice(0, limit).map((voice) => ({ json: voiceItem(voice) }));
}

/** The entry in the Operation list. */
export const getAllOption: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many voices',
	description: 'List the voices that can speak a script: those of sync.so, and the clones',
	routing: routing('GET', '/v2/voices', getAllVoices),
};

const properties: INodeProperties[] = [...returnAllFields, optionsField()];

/** The fields of Get Many. */
export const getAllDescription = updateDisplayOptions(
	{ show: { resource: ['voice'], operation: ['getAll'] } },
	properties,
);
