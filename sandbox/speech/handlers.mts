import { randomUUID } from 'node:crypto';

import type { components } from '../../nodes/shared/api.ts';
import { plainError } from '../core/errors.mts';
import { WithHeaders, type ApiRequest, type Handlers } from '../core/handlers.mts';
import { idempotencyKey } from '../core/idempotency.mts';
import { sampleKey } from '../storage/samples.mts';
import type { Settings } from '../core/settings.mts';
import type { SpeechJob } from './store.mts';
import type { State } from '../state.mts';
import { voiceNotFound } from '../voice/handlers.mts';

type Schemas = components['schemas'];

/** How long the sample is that stands for every speech, in seconds. */
const SPEECH_SECONDS = 1.5;

/** How long the address of a speech is good for, in seconds: the docs call it stable, and S3 signs no longer. */
const ADDRESS_SECONDS = 7 * 24 * 3600;

/** What a client should wait between two looks at a running job, in seconds. */
const RETRY_AFTER = '3';

/** Speaks a script: the sample, whatever the script. @throws ApiError when there is no such voice */
function speak(
	{ body, caller, origin }: ApiRequest<'createTts' | 'createTtsJob'>,
	{ voices, urls }: State,
): Schemas['TtsResult'] {
	if (!voices.get(body.voiceId, caller.userId)) throw voiceNotFound(422);
	const url = urls.sign({ method: 'GET', key: sampleKey('wav') }, origin, ADDRESS_SECONDS);
	return { id: randomUUID(), url, duration: SPEECH_SECONDS };
}

/** A job as it is by the settings of now: changing them moves it on. */
function shown(
	{ id, createdAt, speech }: SpeechJob,
	{ speechPendingMs, speechProcessingMs, speechOutcome }: Settings,
): Schemas['TtsJob'] {
	const age = Date.now() - createdAt;
	const end = speechPendingMs + speechProcessingMs;
	const running = age < speechPendingMs ? 'PENDING' : 'PROCESSING';
	const status = age < end ? running : speechOutcome;
	const timeAt = (ms: number) => (age < ms ? null : new Date(createdAt + ms).toISOString());
	return {
		id,
		status,
		createdAt: new Date(createdAt).toISOString(),
		url: status === 'SUCCESS' ? speech.url : null,
		duration: status === 'SUCCESS' ? speech.duration : null,
		// The fields are not known: those of the API's errors are likeliest.
		error:
			status === 'FAILED'
				? { message: 'Speech synthesis failed', errorCode: 'elevenlabs_service_unavailable' }
				: null,
		startedAt: timeAt(speechPendingMs),
		finishedAt: timeAt(end),
	};
}

/** Speech from a script: at once, or by a job. */
export const speechHandlers: Handlers = {
	createTts: speak,

	createTtsJob: async (request, state) => {
		const { body, headers } = request;
		const { speechJobs, settings } = state;
		if (settings.speechJobs !== 'on') throw plainError(settings.speechJobs);
		const { result: job } = await speechJobs.requests.once(
			idempotencyKey(headers),
			body,
			// A refusal has to be a rejection.
			async () => await Promise.resolve(speechJobs.add(speak(request, state))),
		);
		return new WithHeaders(shown(job, settings), { location: `/v2/tts/jobs/${job.id}` });
	},

	getTtsJob: ({ params }, { speechJobs, settings }) => {
		const job = speechJobs.get(params.id);
		if (!job) throw plainError(404, 'Speech job not found');
		const answer = shown(job, settings);
		return answer.finishedAt === null
			? new WithHeaders(answer, { 'retry-after': RETRY_AFTER })
			: answer;
	},
};
