import type { IBinaryData, IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	downloadOutputFields,
	optionsField,
	readDownloadOutput,
	readOutputField,
} from '../../shared/fields/commonFields';
import { readNumberOption } from '../../shared/fields/readers';
import { voiceLocator } from '../../shared/fields/voiceLocator';
import { downloadFile } from '../../shared/files/download';
import { guessMimeType } from '../../shared/files/mediaTypes';
import { checkFileUrl } from '../../shared/files/storage';
import { hashJson } from '../../shared/transport/hashJson';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { parseChoice } from '../../shared/transport/values';
import { timeLimitField } from '../fields';
import { createWithoutKey } from '../paid/createOnce';
import {
	findRecord,
	getOrCreateRecord,
	isFromEarlierExecution,
	startOver,
} from '../paid/idempotencyRecord';
import { prepareTogether } from '../paid/prepareTogether';
import { recordExisting } from '../paid/recordCreated';
import {
	countCharacters,
	readSpeechInput,
	scriptField,
	voiceSettingsField,
} from '../request/speechProvider';
import type { Speech } from './speechItem';
import { isFailedJob, isSpeech, toSpeechItem } from './speechItem';
import { createWithJob, resumeJob } from './speechJob';

/** In characters. With a longer script, a direct request may time out. */
const MAX_DIRECT_LENGTH = 1000;

const MODES = ['auto', 'direct', 'job'] as const;

const jobTimeLimitField: INodeProperties = {
	...timeLimitField,
	default: 15,
	description: 'How long to wait for a job to finish',
};

/** The validated settings of an item. */
interface SpeechRequest {
	body: IDataObject & { script: string };
	mode: (typeof MODES)[number];
	minutes: number;
	/** The binary field to download the audio file to. Undefined if it isn't downloaded. */
	field?: string;
}

async function createSpeech(item: ItemContext): Promise<INodeExecutionData> {
	const request = await prepareTogether(item, () => readRequest(item));
	const speech = await createSpeechOnce(item, request);
	const json = toSpeechItem(speech);
	const { field } = request;
	if (field === undefined) return { json };
	// The speech is paid for: if the download fails, the error has its URL.
	item.errorFields.url = speech.url;
	return { json, binary: { [field]: await downloadSpeech(item, speech) } };
}

function readRequest(item: ItemContext): SpeechRequest {
	const options = item.addedFields('options');
	const mode = parseChoice(options.mode ?? 'auto', 'Mode', MODES);
	const minutes = readNumberOption(options, jobTimeLimitField);
	const field = readDownloadOutput(item) ? readOutputField(item) : undefined;
	const earlierRecord = findRecord(item);
	// A job may already exist. Exactly the same request returns it.
	if (earlierRecord?.isUncertain && earlierRecord.request) {
		return { body: earlierRecord.request as SpeechRequest['body'], mode, minutes, field };
	}
	const { name: provider, ...rest } = readSpeechInput(item);
	return { body: { ...rest, provider }, mode, minutes, field };
}

/** Creates the speech of an item, unless an earlier attempt created it. @throws FailureError if that fails */
async function createSpeechOnce(
	item: ItemContext,
	{ body, mode, minutes }: SpeechRequest,
): Promise<Speech> {
	const record = getOrCreateRecord(item, hashJson(body));
	const { result } = record;
	if (isSpeech(result)) {
		recordExisting(item, { speechId: result.id });
		return result;
	}
	if (result && !(isFailedJob(result) && isFromEarlierExecution(item, record))) {
		return await resumeJob(item, record, minutes);
	}
	if (result) startOver(item, record);
	// If an earlier attempt may have created the speech in one way, the other way could pay for it twice.
	const mayHaveJob = record.isUncertain === true && record.request !== undefined;
	const mayHaveDirect = record.isUncertain === true && record.request === undefined;
	const isLong = countCharacters(body.script) > MAX_DIRECT_LENGTH;
	const prefersJob = mode === 'job' || (mode === 'auto' && isLong);
	if (mayHaveJob || (prefersJob && !mayHaveDirect)) {
		const isJobRequired = mayHaveJob || mode === 'job';
		const speech = await createWithJob(item, record, body, { minutes, isJobRequired });
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

/** Downloads the audio file of a speech. @throws FailureError if that fails */
async function downloadSpeech(item: ItemContext, { id, url }: Speech): Promise<IBinaryData> {
	const address = await checkFileUrl(item, url);
	const { pathname } = new URL(address);
	const extension = /\.[a-z0-9]{1,5}$/i.exec(pathname)?.[0] ?? '';
	const fileToDownload = {
		url: async () => await Promise.resolve(address),
		name: `speech-${id}${extension}`,
		mimeType: guessMimeType(pathname),
		maxSize: Infinity,
	};
	return await item.run.withFile(async () => await downloadFile(item, fileToDownload));
}

/** Speech → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create speech',
	description: 'Create speech from a script, as an audio URL to use in a video. Charged each time.',
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
						description: 'A job for scripts of over 1,000 characters if available, else direct',
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
