import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { FailureError, failureOfInput } from '../../shared/errors';
import { mimeTypeOfName } from '../../shared/mediaTypes';
import type { Call } from '../../shared/operation';
import { bodyOf, routing } from '../../shared/operation';
import { downloadOutputFields, optionsField } from '../../shared/options';
import { checkFileUrl, getFile } from '../../shared/storage';
import { VOICE_PROVIDER } from '../voice/voiceItem';
import { speakByJob } from './job';
import type { Speech } from './speechItem';
import { speechIn, speechItem } from './speechItem';

/** What the API takes, in characters. */
const LONGEST_SCRIPT = 5000;
/** Scripts that are longer than this may take longer than a request should, in characters. */
const LONG_SCRIPT = 1000;
const USUAL_TIME_LIMIT = 15;

/** Has a script spoken. */
async function createSpeech(call: Call): Promise<INodeExecutionData> {
	const script = scriptOf(call);
	const voice = { voiceId: call.id('voiceId', 'voice'), provider: VOICE_PROVIDER };
	const body = { script, ...voice, ...voiceSettingsOf(call) };
	const speech = await speak(call, body, [...script].length > LONG_SCRIPT);
	const json = speechItem(speech);
	if (call.parameter('downloadOutput', false) !== true) return { json };
	// So that a speech that was paid for can be had even if it can't be fetched now.
	call.subject.url = speech.url;
	const field = String(call.parameter('binaryPropertyName', 'data'));
	return { json, binary: { [field]: await fetchSpeech(call, speech) } };
}

/** @throws FailureError when there is none, or it is too long */
function scriptOf(call: Call): string {
	const value = call.parameter('script');
	const script = typeof value === 'string' ? value.trim() : '';
	const length = [...script].length;
	if (length > 0 && length <= LONGEST_SCRIPT) return script;
	throw new FailureError(
		length === 0
			? failureOfInput(
					'The script is empty or no text',
					'Enter the text to be spoken, or check the expression',
				)
			: failureOfInput(
					`The script has ${length} characters, more than the ${LONGEST_SCRIPT} that sync.so takes`,
					'Cut it into parts, an item each',
				),
	);
}

/** @throws FailureError when one of them is out of range */
function voiceSettingsOf(call: Call): IDataObject {
	const settings = call.collection('additionalFields');
	for (const [name, value] of Object.entries(settings)) {
		if (typeof value === 'number' && value >= 0 && value <= 1) continue;
		throw new FailureError(
			failureOfInput(
				`${name === 'stability' ? 'Stability' : 'Similarity'} is not a number from 0 to 1`,
				'Enter a number such as 0.5',
			),
		);
	}
	return settings;
}

/** Not sent again at once when it is uncertain whether it was done: a speech costs money, and only jobs have a key. */
async function speak(call: Call, body: IDataObject, isLong: boolean): Promise<Speech> {
	const { mode = 'auto', timeLimit } = call.collection('options');
	if (mode === 'job' || (mode === 'auto' && isLong)) {
		const minutes = typeof timeLimit === 'number' && timeLimit > 0 ? timeLimit : USUAL_TIME_LIMIT;
		const speech = await speakByJob(call, body, minutes, mode === 'job');
		if (speech) return speech;
	}
	return speechIn(await call.ask({ body }));
}

/** @throws FailureError when it can't be had */
async function fetchSpeech(call: Call, { id, url }: Speech) {
	const address = checkFileUrl(url);
	const { pathname } = new URL(address);
	const extension = /\.[a-z0-9]{1,5}$/i.exec(pathname)?.[0] ?? '';
	const wanted = {
		name: `speech-${id}${extension}`,
		mimeType: mimeTypeOfName(pathname),
		maxSize: Infinity,
	};
	const answer = await call.run.withFile(async () => await getFile(call, address, wanted));
	return bodyOf(answer) as Awaited<ReturnType<typeof call.context.helpers.prepareBinaryData>>;
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

const fraction = (
	displayName: string,
	name: string,
	usual: number,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: usual,
	description,
});

const properties: INodeProperties[] = [
	{
		displayName: 'Script',
		name: 'script',
		type: 'string',
		typeOptions: { rows: 5 },
		required: true,
		default: '',
		placeholder: 'e.g. Welcome to our spring campaign.',
		description: 'The text to be spoken, of up to 5,000 characters',
	},
	...downloadOutputFields('audio file'),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			fraction(
				'Similarity',
				'similarityBoost',
				0.75,
				'How close to keep to the voice, from 0 to 1. Without it, sync.so takes 0.75.',
			),
			fraction(
				'Stability',
				'stability',
				0.5,
				'How even to speak, from 0 (lively) to 1 (even). Without it, sync.so takes 0.5.',
			),
		],
	},
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
