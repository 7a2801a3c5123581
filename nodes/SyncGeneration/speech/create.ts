import type { IBinaryData, IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	downloadOutputFields,
	optionsField,
	readDownloadOutput,
	readOutputField,
} from '../../shared/fields/options';
import { readNumberOption } from '../../shared/fields/readers';
import { voiceLocator } from '../../shared/fields/voiceLocator';
import { downloadFile } from '../../shared/files/download';
import { guessMimeType } from '../../shared/files/mediaTypes';
import { checkFileUrl } from '../../shared/files/storage';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { parseChoice } from '../../shared/transport/values';
import { timeLimitField } from '../fields';
import { recordExisting } from '../paid/created';
import { createWithoutKey } from '../paid/createOnce';
import {
	digestBody,
	findRecord,
	getOrCreateRecord,
	isFromEarlierExecution,
	startOver,
} from '../paid/idempotencyRecord';
import { prepareAll } from '../paid/prepareAll';
import {
	countCharacters,
	readProvider,
	scriptField,
	voiceSettingsField,
} from '../request/speechProvider';
import { createByJob, resumeJob } from './job';
import type { Speech } from './speechItem';
import { isFailedJob, isSpeech, toSpeechItem } from './speechItem';

/** A longer script may take longer than a request should, in characters. */
const LONG_SCRIPT = 1000;

const MODES = ['auto', 'direct', 'job'] as const;

const jobTimeLimitField: INodeProperties = {
	...timeLimitField,
	default: 15,
	description: 'How long to wait for the end of a job, in minutes',
};

/** What the form asks for. */
interface SpeechRequest {
	body: IDataObject & { script: string };
	mode: (typeof MODES)[number];
	minutes: number;
	/** The field that the audio file is downloaded to, if it is. */
	field?: string;
}

/** Creates speech from a script. */
async function createSpeech(item: ItemContext): Promise<INodeExecutionData> {
	const request = await prepareAll(item, () => readRequest(item));
	const speech = await createSpeechOnce(item, request);
	const json = toSpeechItem(speech);
	const { field } = request;
	if (field === undefined) return { json };
	// A speech that was paid for can be used even if it can't be downloaded now.
	item.errorFields.url = speech.url;
	return { json, binary: { [field]: await downloadSpeech(item, speech) } };
}

function readRequest(item: ItemContext): SpeechRequest {
	const added = item.addedFields('options');
	const mode = parseChoice(added.mode ?? 'auto', 'Mode', MODES);
	const minutes = readNumberOption(added, jobTimeLimitField);
	const field = readDownloadOutput(item) ? readOutputField(item) : undefined;
	const known = findRecord(item);
	// A job that may exist is decided by exactly the same request.
	if (known?.isUncertain && known.request) {
		return { body: known.request as SpeechRequest['body'], mode, minutes, field };
	}
	const { name: provider, ...spoken } = readProvider(item);
	return { body: { ...spoken, provider }, mode, minutes, field };
}

/** Creates the speech of an item, unless an earlier try has created it. @throws FailureError */
async function createSpeechOnce(
	item: ItemContext,
	{ body, mode, minutes }: SpeechRequest,
): Promise<Speech> {
	const record = getOrCreateRecord(item, digestBody(body));
	const { result } = record;
	if (isSpeech(result)) {
		recordExisting(item, { speechId: result.id });
		return result;
	}
	if (result && !(isFailedJob(result) && isFromEarlierExecution(item, record))) {
		return await resumeJob(item, record, minutes);
	}
	if (result) startOver(item, record);
	// A job that may exist already decides how to go on.
	const isJob = record.isUncertain === true && record.request !== undefined;
	if (isJob || mode === 'job' || (mode === 'auto' && countCharacters(body.script) > LONG_SCRIPT)) {
		const isOnlyWay = isJob || mode === 'job';
		const speech = await createByJob(item, record, body, { minutes, isOnlyWay });
		if (speech) return speech;
	}
	const expects = { name: 'a speech', matches: isSpeech };
	const send = async (beforeAttempt: () => void) =>
		await item.send({ body }, { expects, beforeAttempt });
	const where = 'the usage at https://sync.so/settings';
	return (await createWithoutKey(item, record, send, {
		thing: 'speech',
		where,
	})) as unknown as Speech;
}

/** @throws FailureError if it can't be downloaded */
async function downloadSpeech(item: ItemContext, { id, url }: Speech): Promise<IBinaryData> {
	const address = await checkFileUrl(item, url);
	const { pathname } = new URL(address);
	const extension = /\.[a-z0-9]{1,5}$/i.exec(pathname)?.[0] ?? '';
	const wanted = {
		url: async () => await Promise.resolve(address),
		name: `speech-${id}${extension}`,
		mimeType: guessMimeType(pathname),
		maxSize: Infinity,
	};
	return await item.run.withFile(async () => await downloadFile(item, wanted));
}

/** Speech → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create speech',
	description:
		'Create speech from a script. Returns the URL of the audio file, which a lip-synced video can use. Charged each time.',
	request: { method: 'POST', url: '/v2/tts' },
	fields: [
		voiceLocator,
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
							'A job for scripts of over 1,000 characters if your account supports jobs, else direct',
					},
					{
						name: 'Direct',
						value: 'direct',
						description:
							'One request that waits for the speech. Not retried after a connection error.',
					},
					{
						name: 'Job',
						value: 'job',
						description: 'Start a job and wait for it. Retried safely after connection errors.',
					},
				],
				default: 'auto',
				description: 'How to request the speech',
			},
			jobTimeLimitField,
		]),
	],
	handle: createSpeech,
});
