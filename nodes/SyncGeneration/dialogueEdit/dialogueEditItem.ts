import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { toItem } from '../../shared/items/toItem';
import { hasIdAndStatus } from '../../shared/transport/pages';

/** A dialogue edit as the API returns it. */
export type DialogueEdit = components['schemas']['DialogueEdit'];

/** Every documented field of a dialogue edit, in output order. */
export const DIALOGUE_EDIT_FIELDS = [
	'id',
	'status',
	'previewAudioUrl',
	'partialDetail',
	'error',
	'edits',
	'resultTranscript',
	'resultSlots',
	'sourceVideoUrl',
	'voiceId',
	'createdAt',
] as const;

/** What dialogue edits are called in errors. */
export const DIALOGUE_EDITS = 'dialogue edits';

/** Whether a response body is a dialogue edit: an object with an ID and a status. */
export const isDialogueEdit = (body: unknown): body is DialogueEdit => hasIdAndStatus(body);

/** The output for a dialogue edit: every documented field, `null` if the API left it out. Unknown fields are kept. */
export const toDialogueEditItem = (edit: DialogueEdit): IDataObject =>
	toItem(edit, DIALOGUE_EDIT_FIELDS);
