import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { readNumberOption } from '../../shared/fields/readers';
import type { Transcription } from '../../shared/items/transcriptionItem';
import {
	dialogueFailure,
	isTranscription,
	TRANSCRIPTIONS,
} from '../../shared/items/transcriptionItem';
import { toEarlyAccessFailure } from '../../shared/transport/earlyAccess';
import { FailureError, inputError } from '../../shared/transport/errors';
import { hashJson } from '../../shared/transport/hashJson';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import type { ApiResponse } from '../../shared/transport/sender';
import { createJobWaitField, readJobWait, timeLimitField, transcriptionIdField } from '../fields';
import { createWithoutKey } from '../paid/createOnce';
import type { IdempotencyRecord } from '../paid/idempotencyRecord';
import {
	findRecord,
	getOrCreateRecord,
	isFromEarlierExecution,
	startOver,
} from '../paid/idempotencyRecord';
import { prepareTogether } from '../paid/prepareTogether';
import { waitForJob } from '../waiting/waitForJob';
import type { DialogueEdit } from './dialogueEditItem';
import { DIALOGUE_EDITS, isDialogueEdit, toDialogueEditItem } from './dialogueEditItem';
import { editFields, listWordIds, readEdits } from './edits';

const PATH = '/v2/dialogue-edits';

const expects = { name: 'a dialogue edit', matches: isDialogueEdit };

const editTimeLimitField = {
	...timeLimitField,
	default: 15,
	description: 'How long to wait for the preview. After that, get it by its ID later.',
};

/** The validated settings of an item. */
interface Prepared {
	/** The request; undefined if an earlier attempt has created the preview, or may have. */
	body?: IDataObject;
	shouldWait: boolean;
	minutes: number;
}

/** Creates the audio preview of word edits. */
async function createDialogueEdit(item: ItemContext): Promise<INodeExecutionData> {
	const prepared = await prepareTogether(item, async () => await prepare(item));
	const created = await createOnce(item, prepared);
	item.errorFields.dialogueEditId = created.id;
	if (!prepared.shouldWait) return { json: toDialogueEditItem(created) };
	const ended = await waitForJob(item, created, {
		path: PATH,
		thing: 'dialogue edit',
		expects,
		minutes: prepared.minutes,
		hasEnded: ({ status }) => ['COMPLETED', 'COMPLETED_PARTIAL', 'FAILED'].includes(status),
		onState: (state) => {
			item.errorFields.status = state.status;
			const record = findRecord(item);
			if (record) record.result = state as DialogueEdit & IDataObject;
		},
		timeoutHint:
			"Use Retry or Dialogue Edit → Get later, or raise 'Time Limit (Minutes)' under 'Options'.",
	});
	if (ended.status === 'FAILED') {
		const hint = 'Check the edits: long replacements may not fit, and only one person may speak';
		throw new FailureError(dialogueFailure('dialogue edit', ended.error as IDataObject, hint));
	}
	return { json: toDialogueEditItem(ended) };
}

async function prepare(item: ItemContext): Promise<Prepared> {
	const settings = {
		shouldWait: readJobWait(item),
		minutes: readNumberOption(item.addedFields('options'), editTimeLimitField),
	};
	const record = findRecord(item);
	if (record?.result?.status === 'FAILED' && isFromEarlierExecution(item, record)) {
		startOver(item, record);
	}
	if (record?.result || record?.isUncertain) return settings;
	const edits = readEdits(item);
	const { sourceVideoUrl, transcript } = await requestTranscription(item);
	checkWords(edits, transcript);
	return { ...settings, body: { sourceVideoUrl, transcript, edits } as unknown as IDataObject };
}

/** Requests the transcription that the edits refer to. @throws FailureError if it can't be edited */
async function requestTranscription(item: ItemContext) {
	const id = item.readId('transcriptionId', 'transcription');
	const url = `/v2/transcriptions/${encodeURIComponent(id)}`;
	const response = await item.send(
		{ method: 'GET', url, body: undefined },
		{ expects: { name: 'a transcription', matches: isTranscription } },
	);
	if (!response.ok) throw new FailureError(toEarlyAccessFailure(response, TRANSCRIPTIONS, true));
	const { status, sourceVideoUrl, transcript } = response.body as Transcription;
	if (status !== 'COMPLETED' || !transcript) {
		throw inputError(
			`The transcription has no transcript (status: ${status})`,
			"In Transcription → Create, set 'Wait' to 'Wait Until Finished'",
		);
	}
	if (sourceVideoUrl) return { sourceVideoUrl, transcript };
	throw inputError(
		'The transcription is of an audio file, but only videos can be edited',
		'Transcribe the video itself',
	);
}

/** @throws FailureError if the transcript doesn't have a word to edit */
function checkWords(edits: ReturnType<typeof readEdits>, transcript: object): void {
	const { segments = [] } = transcript as { segments?: Array<{ words?: Array<{ id: string }> }> };
	const known = new Set(segments.flatMap(({ words = [] }) => words.map(({ id }) => id)));
	const unknown = listWordIds(edits).find((id) => !known.has(id));
	if (unknown === undefined) return;
	throw inputError(
		`The transcript has no word with the ID ${unknown}`,
		"Use the IDs in 'transcript' of the output of Transcription → Create",
	);
}

/** Creates the dialogue edit of an item, unless an earlier attempt created it. @throws FailureError if that fails */
async function createOnce(item: ItemContext, { body }: Prepared): Promise<DialogueEdit> {
	const record = body
		? getOrCreateRecord(item, hashJson(body))
		: (findRecord(item) as IdempotencyRecord);
	const send = async (beforeAttempt: () => void): Promise<ApiResponse> => {
		const response = await item.send({ body }, { expects, beforeAttempt });
		if (response.ok) return response;
		return { ...response, failure: toEarlyAccessFailure(response, DIALOGUE_EDITS) };
	};
	return (await createWithoutKey(item, record, send, {
		thing: 'dialogue edit',
		where: 'the usage at https://sync.so/settings',
	})) as unknown as DialogueEdit;
}

/** Dialogue Edit → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create dialogue edit',
	description:
		"Change words in a video: create an audio preview in the speaker's own voice. May be charged. Early access.",
	request: { method: 'POST', url: PATH },
	fields: [
		{
			...transcriptionIdField,
			description:
				"The ID of the video's transcription, from Transcription → Create. Get the consent of the speaker: the voice is cloned.",
		},
		...editFields,
		createJobWaitField('dialogue edit'),
		optionsField([editTimeLimitField]),
	],
	handle: createDialogueEdit,
});
