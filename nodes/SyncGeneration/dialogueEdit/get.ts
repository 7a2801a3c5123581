import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { toEarlyAccessFailure } from '../../shared/transport/earlyAccess';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import type { DialogueEdit } from './dialogueEditItem';
import { DIALOGUE_EDITS, isDialogueEdit, toDialogueEditItem } from './dialogueEditItem';

async function getDialogueEdit(item: ItemContext): Promise<INodeExecutionData> {
	const url = item.readPath('dialogueEditId', 'dialogue edit');
	const expects = { name: 'a dialogue edit', matches: isDialogueEdit };
	const response = await item.send({ url }, { expects });
	if (!response.ok) throw new FailureError(toEarlyAccessFailure(response, DIALOGUE_EDITS, true));
	return { json: toDialogueEditItem(response.body as DialogueEdit) };
}

/** Dialogue Edit → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get dialogue edit',
	description: 'Get a dialogue edit by ID: its status and, once completed, the URL of the preview',
	request: { method: 'GET', url: '/v2/dialogue-edits' },
	fields: [
		{
			displayName: 'Dialogue Edit ID',
			name: 'dialogueEditId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111',
			description: 'The ID from the output of Create',
		},
		optionsField(),
	],
	handle: getDialogueEdit,
});
