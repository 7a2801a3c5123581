import type { components } from '../../nodes/shared/api.ts';
import type { Settings } from '../core/settings.mts';
import type { SpeechJob } from './store.mts';

/** A speech job, as in the contract. Changing the settings also changes the status of existing jobs. */
export function speechJobView(
	{ id, createdAt, speech }: SpeechJob,
	{ speechPendingMs, speechProcessingMs, speechOutcome }: Settings,
): components['schemas']['TtsJob'] {
	const age = Date.now() - createdAt;
	const end = speechPendingMs + speechProcessingMs;
	const activeStatus = age < speechPendingMs ? 'PENDING' : 'PROCESSING';
	const status = age < end ? activeStatus : speechOutcome;
	const timeAt = (ms: number) => (age < ms ? null : new Date(createdAt + ms).toISOString());
	return {
		id,
		status,
		createdAt: new Date(createdAt).toISOString(),
		url: status === 'SUCCESS' ? speech.url : null,
		duration: status === 'SUCCESS' ? speech.duration : null,
		// The real fields are unknown; those of the API's errors are the most likely ones.
		error:
			status === 'FAILED'
				? { message: 'Speech synthesis failed', errorCode: 'elevenlabs_service_unavailable' }
				: null,
		startedAt: timeAt(speechPendingMs),
		finishedAt: timeAt(end),
	};
}
