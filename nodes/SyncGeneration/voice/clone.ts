import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { optionsField } from '../../shared/fields/options';
import type { Voice } from '../../shared/fields/voiceLocator';
import { cloneId } from '../../shared/fields/voiceLocator';
import { webAddress } from '../../shared/fields/webAddress';
import { isVoice, VOICE_PROVIDER, voiceItem } from '../../shared/items/voiceItem';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import type { Answer } from '../../shared/transport/sender';
import { choiceFrom, textFrom } from '../../shared/transport/values';
import { createWithoutKey } from '../paid/createOnce';
import { digestOfBody, recordFor } from '../paid/idempotencyRecord';
import { prepareAll } from '../paid/prepareAll';

const SAMPLE_SOURCES = ['asset', 'url'] as const;

/** What the form asks for. */
type CloneRequest = IDataObject & { name: string };

/** Clones a voice, once: each clone takes one of the places of the plan. */
async function cloneVoice(call: Call): Promise<INodeExecutionData> {
	const body = await prepareAll(call, () => readRequest(call));
	const record = recordFor(call, digestOfBody(body));
	// No two clones can have the same name, so that it is safe to send the request of an earlier try again.
	const mayExist = record.isUncertain === true;
	record.isUncertain = undefined;
	const send = async (beforeAttempt: () => void): Promise<Answer> => {
		if (!mayExist) record.request = { clones: await cloneIds(call, body.name) };
		const known = record.request?.clones as string[] | null | undefined;
		const expects = { name: 'a voice', matches: isVoice };
		const answer = await call.send({ body }, { expects, beforeAttempt });
		if (answer.ok || !known) return answer;
		const isConflict = mayExist && answer.failure.statusCode === 409;
		if (!answer.uncertain && !isConflict) return answer;
		const clones = await clonesNamed(call, body.name);
		const added = clones?.find((voice) => !known.includes(cloneId(voice) as string));
		return added ? { ok: true, body: added } : answer;
	};
	const advice = { thing: 'voice', where: 'with Voice → Get Many' };
	const voice = await createWithoutKey(call, record, send, advice);
	return { json: voiceItem(voice as unknown as Voice) };
}

function readRequest(call: Call): CloneRequest {
	const name = textFrom(call.parameter('name'), 'Name');
	return { name, provider: VOICE_PROVIDER, ...readSample(call) };
}

/** @throws FailureError if there is none */
function readSample(call: Call): IDataObject {
	const from = choiceFrom(call.parameter('sampleFrom', 'asset'), 'Recording From', SAMPLE_SOURCES);
	if (from === 'asset') return { assetId: call.id('assetId', 'asset') };
	const { href } = webAddress(call.parameter('url'), 'URL', 'narrator.wav');
	call.subject.url = href;
	return { url: href };
}

/** The cloned voices of a name; undefined if the voices can't be listed. */
async function clonesNamed(call: Call, name: string): Promise<Voice[] | undefined> {
	// A list that can't be read at once is done without.
	const mayRetry = () => false;
	const answer = await call.send({ method: 'GET', body: undefined }, { mayRetry });
	if (!answer.ok || !Array.isArray(answer.body)) return undefined;
	return answer.body.filter(isVoice).filter((voice) => voice.name === name && cloneId(voice));
}

async function cloneIds(call: Call, name: string): Promise<string[] | null> {
	const clones = await clonesNamed(call, name);
	return clones?.map((voice) => cloneId(voice) as string) ?? null;
}

/** Voice → Clone. */
export const cloneOperation = defineOperation({
	name: 'Clone',
	value: 'clone',
	action: 'Clone voice',
	description:
		"Clone a voice from a recording, with the speaker's consent. Uses one of your plan's voice clones; sync.so allows 10 attempts an hour.",
	request: { method: 'POST', url: '/v2/voices' },
	fields: [
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
	],
	handle: cloneVoice,
});
