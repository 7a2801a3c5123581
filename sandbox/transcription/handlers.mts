import { BadRequestError } from '../core/errors.mts';
import { ResponseWithHeaders, type Handlers } from '../core/handlerTypes.mts';
import { JOB_RETRY_AFTER } from '../core/jobStore.mts';
import { checkAccess, checkStored, requireTranscription } from './checks.mts';
import { serializeTranscription } from './serializers.mts';
import type { TranscriptionState } from './state.mts';

/** Transcriptions: create and get. The same source returns the existing transcription. */
export const transcriptionHandlers: Handlers<TranscriptionState> = {
	createTranscription: ({ body, caller }, state) => {
		const { sourceVideoUrl, sourceAudioUrl } = body;
		const { transcriptions, settings } = state;
		checkAccess('/v2/transcriptions', settings);
		const urls = [sourceVideoUrl, sourceAudioUrl].filter((url) => url !== undefined);
		if (urls.length !== 1) {
			throw new BadRequestError(['exactly one of sourceVideoUrl and sourceAudioUrl is required']);
		}
		const [sourceUrl] = urls;
		checkStored(sourceUrl, caller, state);
		const existing = transcriptions.find((job) => job.sourceUrl === sourceUrl);
		const job =
			existing ?? transcriptions.add({ sourceUrl, isVideo: sourceVideoUrl !== undefined });
		return serializeTranscription(job, settings);
	},

	getTranscription: ({ params }, state) => {
		const { settings } = state;
		const job = requireTranscription(params.id, state);
		const body = serializeTranscription(job, settings);
		const isActive = body.status === 'PENDING' || body.status === 'PROCESSING';
		return isActive ? new ResponseWithHeaders(body, { 'retry-after': JOB_RETRY_AFTER }) : body;
	},
};
