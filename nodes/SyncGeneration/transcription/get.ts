import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import {
	isTranscription,
	toTranscriptionItem,
	TRANSCRIPTIONS,
	type Transcription,
} from '../../shared/items/transcriptionItem';
import { toEarlyAccessFailure } from '../../shared/transport/earlyAccess';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { transcriptionIdField } from '../fields';

async function getTranscription(item: ItemContext): Promise<INodeExecutionData> {
	const url = item.readPath('transcriptionId', 'transcription');
	const expects = { name: 'a transcription', matches: isTranscription };
	const response = await item.send({ url }, { expects });
	if (!response.ok) throw new FailureError(toEarlyAccessFailure(response, TRANSCRIPTIONS, true));
	return { json: toTranscriptionItem(response.body as Transcription) };
}

/** Transcription → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get transcription',
	description:
		'Get a transcription by ID: its status and, once completed, the words with their times',
	request: { method: 'GET', url: '/v2/transcriptions' },
	fields: [transcriptionIdField, optionsField()],
	handle: getTranscription,
});
