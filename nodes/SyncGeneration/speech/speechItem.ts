import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import type { Failure } from '../../shared/transport/errors';
import { failureOfAnswer, FailureError } from '../../shared/transport/errors';
import { hasId, itemOf } from '../../shared/items/item';

/** A speech job as the API sends it; a speech made at once has three of its fields. */
export type SpeechJob = components['schemas']['TtsJob'];

/** Every documented field of a speech, in the order of the output. */
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

/** A speech that was made, by a job or at once. */
export type Speech = Partial<SpeechJob> & { id: string; url: string };

/** The job in an answer. @throws FailureError when it holds none */
export function jobIn(body: unknown): SpeechJob {
	if (hasId(body) && typeof (body as { status?: unknown }).status === 'string') {
		return body as SpeechJob;
	}
	throw new FailureError(failureOfAnswer('a speech job', body));
}

/** The speech in an answer. @throws FailureError when it holds none */
export function speechIn(body: unknown): Speech {
	if (hasId(body) && typeof (body as { url?: unknown }).url === 'string') return body as Speech;
	throw new FailureError(failureOfAnswer('a speech', body));
}

/** The output of a speech: every documented field, `null` where the API left it out; unknown fields as they are. */
export const speechItem = (speech: Speech): IDataObject => itemOf(speech, SPEECH_FIELDS);

/** What the end of a job that gave no speech means. The fields of its error are not documented. */
export function failureOfJob({ error }: SpeechJob): Failure {
	const { message, errorCode, code } = error ?? {};
	const words = typeof message === 'string' && message !== '' ? `: ${message}` : '';
	return {
		message: `sync.so could not make the speech${words}`,
		// The request itself went well.
		statusCode: 200,
		errorCode: [errorCode, code].find((one) => typeof one === 'string') ?? null,
		hint: 'Check the voice and the script, then try again',
		requestId: null,
	};
}
