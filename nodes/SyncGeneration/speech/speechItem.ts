import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { toItem } from '../../shared/items/toItem';
import type { Failure } from '../../shared/transport/errors';
import { resultFailure } from '../../shared/transport/errors';
import { hasId, hasIdAndStatus } from '../../shared/transport/pages';

/** A speech job as the API returns it. A speech that was created directly has only three of its fields. */
export type SpeechJob = components['schemas']['TtsJob'];

/** Every documented field of a speech, in output order. */
export const SPEECH_FIELDS = [
	'id',
	'url',
	'duration',
	'status',
	'createdAt',
	'startedAt',
	'finishedAt',
	'error',
] as const;

/** A finished speech, created by a job or directly. */
export type Speech = Partial<SpeechJob> & { id: string; url: string };

/** Whether a response body is a speech job: an object with an ID and a status. */
export const isJob = (body: unknown): body is SpeechJob => hasIdAndStatus(body);

/** Whether a response body is a speech job that failed. */
export const isFailedJob = (body: unknown): boolean => isJob(body) && body.status === 'FAILED';

/** Whether a response body is a finished speech: an object with an ID and a URL. */
export const isSpeech = (body: unknown): body is Speech =>
	hasId(body) && typeof (body as { url?: unknown }).url === 'string';

/** The output for a speech: every documented field, `null` if the API left it out. Unknown fields are kept. */
export const toSpeechItem = (speech: Speech): IDataObject => toItem(speech, SPEECH_FIELDS);

/** The failure for a job that failed. The fields of its error aren't documented. */
export function jobFailure({ error }: SpeechJob): Failure {
	const { message, errorCode, code } = error ?? {};
	const reason = typeof message === 'string' && message !== '' ? `: ${message}` : '';
	return resultFailure(
		`sync.so could not create the speech${reason}`,
		'Check the voice and the script, then run the workflow again',
		[errorCode, code].find((candidate) => typeof candidate === 'string') ?? null,
	);
}
