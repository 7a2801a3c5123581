import { randomUUID } from 'node:crypto';

import { plainError } from '../core/errors.mts';
import { WithHeaders, type ApiRequest, type Handlers } from '../core/handlerTypes.mts';
import { idempotencyKey, type IdempotentRequests } from '../core/idempotency.mts';
import type { Settings } from '../core/settings.mts';
import { sampleKey } from '../storage/sampleFiles.mts';
import type { UrlSigner } from '../storage/urls.mts';
import { requireVoice } from '../voice/checks.mts';
import type { VoiceStore } from '../voice/store.mts';
import type { Speech, SpeechJob, SpeechJobStore } from './store.mts';
import { speechJobView } from './serializers.mts';

/** What speech handlers need from the state of the sandbox. */
interface SpeechContext {
	settings: Settings;
	urls: UrlSigner;
	voices: VoiceStore;
	speechJobs: SpeechJobStore;
	speechJobRequests: IdempotentRequests<SpeechJob>;
}

/** The duration of the sample that every speech consists of. */
const SPEECH_SECONDS = 1.5;

/** How long the URL of a speech is valid: the docs call it stable, and this is the maximum of S3. */
const URL_EXPIRES_IN = 7 * 24 * 3600;

/** How many seconds a client should wait before it gets an active job again. */
const RETRY_AFTER = '3';

/** Creates a speech: the same sample for every script. @throws ApiError if the voice does not exist */
function createSpeech(
	{ body, caller, origin }: ApiRequest<'createTts' | 'createTtsJob'>,
	context: SpeechContext,
): Speech {
	requireVoice(body.voiceId, caller, context, 422);
	const sample = { method: 'GET', key: sampleKey('wav') } as const;
	const url = context.urls.sign(sample, origin, URL_EXPIRES_IN);
	return { id: randomUUID(), url, duration: SPEECH_SECONDS };
}

/** Speech from a script: at once, or as a job. */
export const speechHandlers: Handlers<SpeechContext> = {
	createTts: createSpeech,

	createTtsJob: async (request, context) => {
		const { body, headers } = request;
		const { speechJobs, speechJobRequests, settings } = context;
		if (settings.speechJobs !== 'on') throw plainError(settings.speechJobs);
		const { result: job } = await speechJobRequests.once(
			idempotencyKey(headers),
			body,
			// Async, so that an error becomes a rejection.
			async () => await Promise.resolve(speechJobs.add(createSpeech(request, context))),
		);
		return new WithHeaders(speechJobView(job, settings), { location: `/v2/tts/jobs/${job.id}` });
	},

	getTtsJob: ({ params }, { speechJobs, settings }) => {
		const job = speechJobs.get(params.id);
		if (!job) throw plainError(404, 'Speech job not found');
		const view = speechJobView(job, settings);
		return view.finishedAt === null ? new WithHeaders(view, { 'retry-after': RETRY_AFTER }) : view;
	},
};
