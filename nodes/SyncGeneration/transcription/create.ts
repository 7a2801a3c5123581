import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createAssetLocator } from '../../shared/fields/assetLocator';
import { optionsField } from '../../shared/fields/commonFields';
import { readPublicUrl } from '../../shared/fields/publicUrl';
import { readNumberOption } from '../../shared/fields/readers';
import { guessMimeType, toAssetType } from '../../shared/files/mediaTypes';
import type { Transcription } from '../../shared/items/transcriptionItem';
import {
	dialogueFailure,
	isTranscription,
	toTranscriptionItem,
	TRANSCRIPTIONS,
} from '../../shared/items/transcriptionItem';
import { toEarlyAccessFailure } from '../../shared/transport/earlyAccess';
import { FailureError, inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { parseChoice } from '../../shared/transport/values';
import { createJobWaitField, readJobWait, timeLimitField } from '../fields';
import { lookUpAsset } from '../request/media';
import { waitForJob } from '../waiting/waitForJob';

const PATH = '/v2/transcriptions';
const SOURCES = ['asset', 'url'] as const;

const transcriptionTimeLimitField = {
	...timeLimitField,
	default: 30,
	description: 'How long to wait for the transcription. After that, get it by its ID later.',
};

/** Transcribes a video or audio file. Free at sync.so, and an identical request returns the existing job. */
async function createTranscription(item: ItemContext): Promise<INodeExecutionData> {
	const shouldWait = readJobWait(item);
	const minutes = readNumberOption(item.addedFields('options'), transcriptionTimeLimitField);
	const body = await readSource(item);
	const expects = { name: 'a transcription', matches: isTranscription };
	const response = await item.send({ body }, { idempotent: true, expects });
	if (!response.ok) throw new FailureError(toEarlyAccessFailure(response, TRANSCRIPTIONS));
	const created = response.body as Transcription;
	item.errorFields.transcriptionId = created.id;
	if (!shouldWait) return { json: toTranscriptionItem(created) };
	const ended = await waitForJob(item, created, {
		path: PATH,
		thing: 'transcription',
		expects,
		minutes,
		firstPauseMs: response.retryAfterMs,
		hasEnded: ({ status }) => status === 'COMPLETED' || status === 'FAILED',
		onState: ({ status }) => Object.assign(item.errorFields, { status }),
		timeoutHint: "Use Transcription → Get later, or raise 'Time Limit (Minutes)' under 'Options'.",
	});
	if (ended.status === 'FAILED') {
		const hint = 'Check that the file has audible speech and is not longer than an hour';
		throw new FailureError(dialogueFailure('transcription', ended.error as IDataObject, hint));
	}
	return { json: toTranscriptionItem(ended) };
}

/** Reads what to transcribe. @throws FailureError if it is neither audio nor video, or not at sync.so */
async function readSource(item: ItemContext): Promise<IDataObject> {
	const source = parseChoice(item.parameter('transcriptionSource', 'asset'), 'Source', SOURCES);
	const { url, type } = source === 'asset' ? await readAsset(item) : await readUrl(item);
	if (type === 'IMAGE') {
		throw inputError('An image has no speech to transcribe', 'Choose a video or an audio file');
	}
	return type === 'AUDIO' ? { sourceAudioUrl: url } : { sourceVideoUrl: url };
}

async function readAsset(item: ItemContext) {
	const { url, type } = await lookUpAsset(item, item.readId('assetId', 'asset'));
	if (url) return { url, type };
	throw inputError('The asset has no URL', 'Upload the file again, then use the new asset');
}

async function readUrl(item: ItemContext) {
	const { href, pathname } = await readPublicUrl(item, item.parameter('url'), 'URL');
	item.errorFields.url = href;
	return { url: href, type: toAssetType(guessMimeType(pathname)) };
}

/** Transcription → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create transcription',
	description:
		'Transcribe the speech in a video or audio file, with the time of each word. Free. Early access.',
	request: { method: 'POST', url: PATH },
	fields: [
		{
			displayName: 'Source',
			name: 'transcriptionSource',
			type: 'options',
			options: [
				{ name: 'Asset', value: 'asset', description: 'A video or audio file in your account' },
				{
					name: 'URL',
					value: 'url',
					description: 'The URL of a file hosted by sync.so, e.g. of an asset',
				},
			],
			default: 'asset',
			description: 'Where to get the speech to transcribe, up to an hour long',
		},
		{
			...createAssetLocator('Asset', 'assetId', 'searchAssets'),
			displayOptions: { show: { transcriptionSource: ['asset'] } },
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			displayOptions: { show: { transcriptionSource: ['url'] } },
			default: '',
			placeholder: 'e.g. https://assets.sync.so/uploads/x/interview.mp4',
			description:
				'The URL of the file at sync.so. Upload other files with Sync Asset first. Treated as a video unless the file name has an audio extension.',
		},
		createJobWaitField('transcription'),
		optionsField([transcriptionTimeLimitField]),
	],
	handle: createTranscription,
});
