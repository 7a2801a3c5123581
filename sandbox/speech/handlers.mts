import { randomUUID } from 'node:crypto';

import { httpError } from '../core/errors.mts';
import { ResponseWithHeaders, type ApiRequest, type Handlers } from '../core/handlerTypes.mts';
import { getIdempotencyKey } from '../core/idempotency.mts';
import { JOB_RETRY_AFTER } from '../core/jobStore.mts';
import { sampleKey } from '../storage/sampleFiles.mts';
import { requireVoice } from '../voice/checks.mts';
import { serializeSpeechJob } from './serializers.mts';
import type { SpeechState } from './state.mts';
import type { Speech } from './types.mts';

/** The duration of every speech, which is always the same sample file. */
const SPEECH_SECONDS = 1.5;

/** How long the URL of a speech is valid, in seconds: the maximum of S3, because the API reference calls it stable. */
const URL_EXPIRES_IN = 7 * 24 * 3600;

/** Creates a speech. The script is ignored. @throws ApiError if the voice does not exist */
function createSpeech(
	{ body, caller, origin }: ApiRequest<'createTts' | 'createTtsJob'>,
	state: SpeechState,
): Speech {
	requireVoice(body.voiceId, caller, state, 422);
	const sample = { method: 'GET', key: sampleKey('wav') } as const;
	const url = state.urls.sign(sample, origin, URL_EXPIRES_IN);
	return { id: randomUUID(), url, duration: SPEECH_SECONDS };
}

/** Speech: create it synchronously or as a job, and get a job. */
export const speechHandlers: Handlers<SpeechState> = {
	createTts: createSpeech,

	createTtsJob: async (request, state) => {
		const { body, headers } = request;
		const { speechJobs, speechJobRequests, settings } = state;
		if (settings.speechJobs !== 'on') throw httpError(settings.speechJobs);
		const { result: job } = await speechJobRequests.handleOnce(
			getIdempotencyKey(headers),
			body,
			// Async, so that an error rejects the promise instead of being thrown.
			async () => await Promise.resolve(speechJobs.add({ speech: createSpeech(request, state) })),
		);
		return new ResponseWithHeaders(serializeSpeechJob(job, settings), {
			location: `/v2/tts/jobs/${job.id}`,
		});
	},

	getTtsJob: ({ params }, { speechJobs, settings }) => {
		const job = speechJobs.get(params.id);
		if (!job) throw httpError(404, 'Speech job not found');
		const body = serializeSpeechJob(job, settings);
		if (body.finishedAt !== null) return body;
		return new ResponseWithHeaders(body, { 'retry-after': JOB_RETRY_AFTER });
	},
};
