import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { optionsField } from '../../shared/fields/commonFields';
import { readPublicUrl } from '../../shared/fields/publicUrl';
import { getCloneId } from '../../shared/fields/voiceLocator';
import type { Voice } from '../../shared/items/voiceItem';
import { isVoice, toVoiceItem, VOICE_PROVIDER } from '../../shared/items/voiceItem';
import { hashJson } from '../../shared/transport/hashJson';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import type { ApiResponse } from '../../shared/transport/sender';
import { parseChoice, parseText } from '../../shared/transport/values';
import { createWithoutKey } from '../paid/createOnce';
import { getOrCreateRecord } from '../paid/idempotencyRecord';
import { prepareTogether } from '../paid/prepareTogether';

const SAMPLE_SOURCES = ['asset', 'url'] as const;

/** The request body. */
type CloneRequest = IDataObject & { name: string };

/** Clones a voice, but only once per item: each clone uses up one of those that the plan allows. */
async function cloneVoice(item: ItemContext): Promise<INodeExecutionData> {
	const body = await prepareTogether(item, () => readRequest(item));
	const record = getOrCreateRecord(item, hashJson(body));
	// It is safe to repeat an earlier attempt, because no two clones can have the same name.
	const mayExist = record.isUncertain === true;
	record.isUncertain = undefined;
	const send = async (beforeAttempt: () => void): Promise<ApiResponse> => {
		if (!mayExist) record.request = { clones: await findCloneIdsByName(item, body.name) };
		const previousIds = record.request?.clones as string[] | null | undefined;
		const expects = { name: 'a voice', matches: isVoice };
		const response = await item.send({ body }, { expects, beforeAttempt });
		if (response.ok || !previousIds) return response;
		const isConflict = mayExist && response.failure.statusCode === 409;
		if (!response.uncertain && !isConflict) return response;
		const clones = await findClonesByName(item, body.name);
		const newClone = clones?.find((voice) => !previousIds.includes(getCloneId(voice) as string));
		return newClone ? { ok: true, body: newClone } : response;
	};
	const paidThing = { thing: 'voice', where: 'with Voice → Get Many' };
	const voice = await createWithoutKey(item, record, send, paidThing);
	return { json: toVoiceItem(voice as unknown as Voice) };
}

async function readRequest(item: ItemContext): Promise<CloneRequest> {
	const name = parseText(item.parameter('name'), 'Name');
	return { name, provider: VOICE_PROVIDER, ...(await readSample(item)) };
}

/** Reads where the recording is. @throws FailureError if it is missing or invalid */
async function readSample(item: ItemContext): Promise<IDataObject> {
	const from = parseChoice(item.parameter('sampleFrom', 'asset'), 'Recording From', SAMPLE_SOURCES);
	if (from === 'asset') return { assetId: item.readId('assetId', 'asset') };
	const { href } = await readPublicUrl(item, item.parameter('url'), 'URL', 'narrator.wav');
	item.errorFields.url = href;
	return { url: href };
}

/** Lists the cloned voices with a name. @returns undefined if the voices can't be listed */
async function findClonesByName(item: ItemContext, name: string): Promise<Voice[] | undefined> {
	// Cloning works without the list, so it isn't worth a retry.
	const mayRetry = () => false;
	const response = await item.send({ method: 'GET', body: undefined }, { mayRetry });
	if (!response.ok || !Array.isArray(response.body)) return undefined;
	return response.body.filter(isVoice).filter((voice) => voice.name === name && getCloneId(voice));
}

/** The IDs of the cloned voices with a name; null, which a record can store, if the voices can't be listed. */
async function findCloneIdsByName(item: ItemContext, name: string): Promise<string[] | null> {
	const clones = await findClonesByName(item, name);
	return clones?.map((voice) => getCloneId(voice) as string) ?? null;
}

/** Voice → Clone. */
export const cloneOperation = defineOperation({
	name: 'Clone',
	value: 'clone',
	action: 'Clone voice',
	description:
		"Clone a voice from a recording, with the speaker's consent. Uses one clone of your plan.",
	request: { method: 'POST', url: '/v2/voices' },
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Narrator',
			description: 'The name of the new voice, unique among your clones',
		},
		{
			displayName: 'Recording From',
			name: 'sampleFrom',
			type: 'options',
			options: [
				{
					name: 'Asset',
					value: 'asset',
					description: 'An audio or video asset with a single speaker',
				},
				{
					name: 'URL',
					value: 'url',
					description: 'The URL of a file hosted by sync.so, e.g. of an asset',
				},
			],
			default: 'asset',
			description:
				'Where to get the recording. Only the first 2 minutes of a video are used (up to 1 GiB).',
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
			description: 'The URL of the recording at sync.so. Upload other files with Sync Asset first.',
		},
		optionsField(),
	],
	handle: cloneVoice,
});
