import type { IDataObject } from 'n8n-workflow';
import type { components } from '../api';
import type { Failure } from '../transport/errors';
import { resultFailure } from '../transport/errors';
import { hasIdAndStatus } from '../transport/pages';
import { toItem } from './toItem';

/** A transcription as the API returns it. */
export type Transcription = components['schemas']['Transcription'];

/** Every documented field of a transcription, in output order. */
export const TRANSCRIPTION_FIELDS = [
	'id',
	'status',
	'transcript',
	'speakerCount',
	'sourceVideoUrl',
	'sourceStartMs',
	'sourceEndMs',
	'error',
	'createdAt',
] as const;

/** What a transcription is called in errors. */
export const TRANSCRIPTIONS = 'transcriptions';

/** Whether a response body is a transcription: an object with an ID and a status. */
export const isTranscription = (body: unknown): body is Transcription => hasIdAndStatus(body);

/** The output for a transcription: every documented field, `null` if the API left it out. Unknown fields are kept. */
export const toTranscriptionItem = (transcription: Transcription): IDataObject =>
	toItem(transcription, TRANSCRIPTION_FIELDS);

/**
 * The failure for a transcription or dialogue edit that failed.
 *
 * @param thing which of the two
 * @param hint what the user can do
 */
export function dialogueFailure(
	thing: string,
	error: IDataObject | null | undefined,
	hint: string,
): Failure {
	const { message, code } = error ?? {};
	const reason = typeof message === 'string' && message !== '' ? `: ${message}` : '';
	const errorCode = typeof code === 'string' ? code : null;
	return resultFailure(`sync.so could not create the ${thing}${reason}`, hint, errorCode);
}
