import type { components } from '../../nodes/shared/api.ts';
import { getActiveStatus } from '../core/jobStore.mts';
import type { Settings } from '../core/settings.mts';
import type { StoredTranscription } from './store.mts';

/** What is said in every file. */
const WORDS = ['We', 'meet', 'on', 'Monday', 'at', 'nine.'];
const WORD_MS = 400;

/** The transcript of every file. */
const TRANSCRIPT: components['schemas']['Transcript'] = {
	segments: [
		{
			id: 's1',
			words: WORDS.map((text, index) => ({
				id: `w${index + 1}`,
				text,
				startMs: index * WORD_MS,
				endMs: (index + 1) * WORD_MS,
				speakerId: null,
			})),
		},
	],
};

/** Serializes a transcription, as in the contract. Changed settings also affect the status of existing ones. */
export function serializeTranscription(
	job: StoredTranscription,
	{
		transcriptionPendingMs: pendingMs,
		transcriptionProcessingMs: processingMs,
		transcriptionOutcome,
	}: Settings,
): components['schemas']['Transcription'] {
	const status = getActiveStatus(job, { pendingMs, processingMs }) ?? transcriptionOutcome;
	const isCompleted = status === 'COMPLETED';
	return {
		id: job.id,
		status,
		transcript: isCompleted ? TRANSCRIPT : null,
		speakerCount: isCompleted ? 1 : null,
		sourceVideoUrl: job.isVideo ? job.sourceUrl : null,
		sourceStartMs: 0,
		sourceEndMs: null,
		error: status === 'FAILED' ? { code: 'NO_AUDIO', message: 'The file has no speech' } : null,
		createdAt: new Date(job.createdAt).toISOString(),
	};
}
