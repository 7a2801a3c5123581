import type { IDataObject } from 'n8n-workflow';
import type { components } from '../api';
import type { Failure } from '../transport/errors';
import { nonEmptyText, resultFailure, unexpectedBodyError } from '../transport/errors';
import { findHint } from '../transport/hints';
import { hasIdAndStatus } from '../transport/pages';
import { readMarker } from '../transport/resumeUrl';
import { renameFields, toItem } from './toItem';

/** A generation as the API returns it. */
export type Generation = components['schemas']['Generation'];

/** Every documented field of a generation, in output order. */
export const GENERATION_FIELDS = [
	'id',
	'status',
	'outputUrl',
	'outputDuration',
	'model',
	'outputFileName',
	'error',
	'errorCode',
	'input',
	'options',
	'segments',
	'segmentOutputUrl',
	'synthesizedAudioUrl',
	'projectId',
	'webhookUrl',
	'createdAt',
] as const;

/** The fields that Simplify keeps. */
export const SIMPLE_GENERATION_FIELDS = [
	'id',
	'status',
	'outputUrl',
	'outputDuration',
	'model',
	'outputFileName',
	'error',
	'errorCode',
	'projectId',
	'createdAt',
] as const;

/** The names of fields in snake case. Webhooks and older versions use some of them. */
const OTHER_NAMES = Object.fromEntries(
	GENERATION_FIELDS.filter((field) => /[A-Z]/.test(field)).map((field) => [
		field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
		field,
	]),
);

const FINAL_STATUSES = ['COMPLETED', 'FAILED', 'REJECTED'];

/** Whether a response body is a generation: an object with an ID and a status. */
export const isGeneration = (body: unknown): body is Generation => hasIdAndStatus(body);

/** The generation in a response body. @throws FailureError if there is none */
export function parseGeneration(body: unknown): Generation {
	if (isGeneration(body)) return body;
	throw unexpectedBodyError('a generation', body);
}

/** Whether a generation has ended, with or without a video. One with an unknown status has not. */
export const hasEnded = ({ status }: Generation): boolean => FINAL_STATUSES.includes(status);

/** Whether a generation has ended without a video. */
export const endedWithoutVideo = ({ status }: Generation): boolean =>
	status === 'FAILED' || status === 'REJECTED';

/**
 * The output for a generation: every documented field, `null` if the API left it out or sent an empty URL. Unknown
 * fields are kept; of those, Simplify keeps only the progress.
 *
 * The code of a failure is always in `errorCode`: webhooks and older versions call it `error_code`. A webhook URL that
 * resumes an execution is removed, because anyone who has it can call it.
 */
export function toGenerationItem(generation: Generation, simplify: boolean): IDataObject {
	const fields = renameFields(generation, OTHER_NAMES);
	const item: IDataObject = {
		...fields,
		outputUrl: fields.outputUrl || null,
		webhookUrl: readMarker(fields.webhookUrl) === undefined ? fields.webhookUrl : null,
	};
	if (!simplify) return toItem(item, GENERATION_FIELDS);
	const simpleFields = SIMPLE_GENERATION_FIELDS.map(
		(field) => [field, item[field] ?? null] as const,
	);
	const progress = 'progress_percent' in item && { progress_percent: item.progress_percent };
	return { ...Object.fromEntries(simpleFields), ...progress } as IDataObject;
}

/** The failure for a generation that has ended without a video. */
export function generationFailure(generation: Generation): Failure {
	const { error, errorCode } = toGenerationItem(generation, true);
	const code = nonEmptyText(errorCode);
	const isRejected = generation.status === 'REJECTED';
	const summary = isRejected
		? 'sync.so refused to create the video'
		: 'sync.so could not create the video';
	return resultFailure(
		typeof error === 'string' && error !== '' ? `${summary}: ${error}` : summary,
		findHint(code) ??
			(isRejected
				? "Check that the video and the audio comply with sync.so's usage rules"
				: 'Check that the video shows one speaking face and the audio plays, then create the generation again'),
		code,
	);
}
