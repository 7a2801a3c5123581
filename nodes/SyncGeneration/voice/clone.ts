import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { webAddress } from '../../shared/fields/webAddress';
import { textOf } from '../../shared/fields/values';
import { VOICE_PROVIDER, voiceIn, voiceItem } from '../../shared/items/voiceItem';

/** Clones a voice. Not sent again when it is uncertain whether it was done: that would take two places of the plan. */
async function cloneVoice(call: Call): Promise<INodeExecutionData> {
	const name = textOf(call.parameter('name'), 'Name');
	const body = { name, provider: VOICE_PROVIDER, ...sampleOf(call) };
	return { json: voiceItem(voiceIn(await call.ask({ body }))) };
}

/** @throws FailureError when there is none */
function sampleOf(call: Call): IDataObject {
	if (call.parameter('sampleFrom', 'asset') === 'asset') {
		return { assetId: call.id('assetId', 'asset') };
	}
	const { href } = webAddress(call.parameter('url'), 'URL', 'narrator.wav');
	call.subject.url = href;
	return { url: href };
}

/** The entry in the Operation list. */
export const cloneOption: INodePropertyOptions = {
	name: 'Clone',
	value: 'clone',
	action: 'Clone voice',
	description:
		'Make a voice that speaks like the person in a recording. Have their consent. Takes one of the voice clones of the plan, e.g. 3, 5, 15 or 50; sync.so allows 10 tries an hour.',
	routing: routing('POST', '/v2/voices', cloneVoice),
};

const properties: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Narrator',
		description: 'The name of the new voice; no two clones can have the same',
	},
	{
		displayName: 'Recording From',
		name: 'sampleFrom',
		type: 'options',
		options: [
			{
				name: 'Asset',
				value: 'asset',
				description: 'An audio or video asset in which one person speaks',
			},
			{
				name: 'URL',
				value: 'url',
				description: 'The address of a file that sync.so hosts, e.g. the URL of an asset',
			},
		],
		default: 'asset',
		description:
			'Where the recording of the person is. Of a video, the first 2 minutes are used; it can have up to 1 GiB.',
	},
	{ ...assetLocator, displayOptions: { show: { sampleFrom: ['asset'] } } },
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		displayOptions: { show: { sampleFrom: ['url'] } },
		default: '',
		placeholder: 'e.g. https://assets.sync.so/uploads/x/narrator.wav',
		description:
			'The address of the recording at sync.so, which takes no files of others here. Upload such a file with Sync Asset first.',
	},
	optionsField(),
];

/** The fields of Clone. */
export const cloneDescription = updateDisplayOptions(
	{ show: { resource: ['voice'], operation: ['clone'] } },
	properties,
);
