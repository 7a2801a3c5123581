import type { components } from '../../nodes/shared/api.ts';
import { getActiveStatus } from '../core/jobStore.mts';
import type { Settings } from '../core/settings.mts';
import type { SpeechJob } from './store.mts';

/** Serializes a speech job, as in the contract. Changed settings also affect the status of existing jobs. */
export function serializeSpeechJob(
	job: SpeechJob,
	{ speechPendingMs: pendingMs, speechProcessingMs: processingMs, speechOutcome }: Settings,
): components['schemas']['TtsJob'] {
	const { id, createdAt, speech } = job;
	const age = Date.now() - createdAt;
	const status = getActiveStatus(job, { pendingMs, processingMs }) ?? speechOutcome;
	const timeAt = (ms: number) => (age < ms ? null : new Date(createdAt + ms).toISOString());
	return {
		id,
		status,
		createdAt: new Date(createdAt).toISOString(),
		url: status === 'SUCCESS' ? speech.url : null,
		duration: status === 'SUCCESS' ? speech.duration : null,
		// The fields of the real API are unknown. They are most likely the same as in its error responses.
		error:
			status === 'FAILED'
				? { message: 'Speech synthesis failed', errorCode: 'elevenlabs_service_unavailable' }
				: null,
		startedAt: timeAt(pendingMs),
		finishedAt: timeAt(pendingMs + processingMs),
	};
}
