import type {
	IBinaryData,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { mimeTypeOfName } from '../../shared/files/mediaTypes';
import type { Call } from '../../shared/transport/operation';
import { bodyOf, routing } from '../../shared/transport/operation';
import { downloadOutputFields, optionsField } from '../../shared/fields/options';
import { checkFileUrl, getFile } from '../../shared/files/storage';
import type { Job } from '../paid/idempotency';
import { jobOf } from '../paid/idempotency';
import { sendOnce } from '../paid/sendOnce';
import { speakByJob } from './job';
import type { Speech } from './speechItem';
import { speechIn, speechItem } from './speechItem';
import { lengthOf, providerOf, scriptField, voiceSettingsField } from '../request/speechProvider';

/** Scripts that are longer than this may take longer than a request should, in characters. */
const LONG_SCRIPT = 1000;
const USUAL_TIME_LIMIT = 15;

/** The speeches of items, for when n8n tries the node again (Retry On Fail) because another item has failed. */
const made = new WeakMap<Job, Speech>();

/** Has a script spoken. */
async function createSpeech(call: Call): Promise<INodeExecutionData> {
	const { name: provider, ...spoken } = providerOf(call);
	const job = jobOf(call);
	const speech = made.get(job) ?? (await speak(call, { ...spoken, provider }));
	made.set(job, speech);
	const json = speechItem(speech);
	if (call.parameter('downloadOutput', false) !== true) return { json };
	// So that a speech that was paid for can be had even if it can't be fetched now.
	call.subject.url = speech.url;
	const field = String(call.parameter('binaryPropertyName', 'data'));
	return { json, binary: { [field]: await fetchSpeech(call, speech) } };
}

async function speak(call: Call, body: IDataObject & { script: string }): Promise<Speech> {
	const { mode = 'auto', timeLimit } = call.collection('options');
	if (mode === 'job' || (mode === 'auto' && lengthOf(body.script) > LONG_SCRIPT)) {
		const minutes = typeof timeLimit === 'number' && timeLimit > 0 ? timeLimit : USUAL_TIME_LIMIT;
		const speech = await speakByJob(call, body, minutes, mode === 'job');
		if (speech) return speech;
	}
	const send = async () => await call.send({ body });
	return speechIn(bodyOf(await sendOnce(jobOf(call), 'speech', send)));
}

/** @throws FailureError when it can't be had */
async function fetchSpeech(call: Call, { id, url }: Speech): Promise<IBinaryData> {
	const address = checkFileUrl(url);
	const { pathname } = new URL(address);
	const extension = /\.[a-z0-9]{1,5}$/i.exec(pathname)?.[0] ?? '';
	const wanted = {
		name: `speech-${id}${extension}`,
		mimeType: mimeTypeOfName(pathname),
		maxSize: Infinity,
	};
	const answer = await call.run.withFile(async () => await getFile(call, address, wanted));
	return bodyOf(answer) as IBinaryData;
}

/** The entry in the Operation list. */
export const createOption: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create speech',
	description:
		'Make speech of a script with a voice. Gives the URL of the audio file, which can be the audio of a lip-synced video. Costs money each time.',
	routing: routing('POST', '/v2/tts', createSpeech),
};

const properties: INodeProperties[] = [
	scriptField,
	voiceSettingsField,
	...downloadOutputFields('audio file'),
	optionsField([
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'auto',
					description:
						'A job for scripts of more than 1,000 characters where the account has jobs, else one request',
				},
				{
					name: 'Direct',
					value: 'direct',
					description: 'One request that waits for the speech. Never sent twice.',
				},
				{
					name: 'Job',
					value: 'job',
					description: 'Begin a job and ask for it until it ends. Safe on a bad connection.',
				},
			],
			default: 'auto',
			description: 'How the speech is asked for',
		},
		{
			displayName: 'Time Limit',
			name: 'timeLimit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: USUAL_TIME_LIMIT,
			description: 'How many minutes to wait at most for the end of a job',
		},
	]),
];

/** The fields of Create. */
export const createDescription = updateDisplayOptions(
	{ show: { resource: ['speech'], operation: ['create'] } },
	properties,
);
