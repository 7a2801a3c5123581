import type { components } from '../../nodes/shared/api.ts';
import { getActiveStatus } from '../core/jobStore.mts';
import type { Settings } from '../core/settings.mts';
import type { StoredDialogueEdit } from './store.mts';

/** Serializes a dialogue edit, as in the contract. Changed settings also affect the status of existing ones. */
export function serializeDialogueEdit(
	job: StoredDialogueEdit,
	{
		dialogueEditPendingMs: pendingMs,
		dialogueEditProcessingMs: processingMs,
		dialogueEditOutcome,
	}: Settings,
): components['schemas']['DialogueEdit'] {
	const { request } = job;
	const status = getActiveStatus(job, { pendingMs, processingMs }) ?? dialogueEditOutcome;
	const isPlayable = status === 'COMPLETED' || status === 'COMPLETED_PARTIAL';
	return {
		id: job.id,
		status,
		previewAudioUrl: isPlayable ? job.previewUrl : null,
		partialDetail: status === 'COMPLETED_PARTIAL' ? { reason: 'background_bed_missing' } : null,
		error: status === 'FAILED' ? { code: 'EDIT_TOO_LONG', message: 'An edit is too long' } : null,
		edits: request.edits,
		resultTranscript: isPlayable ? request.transcript : null,
		resultSlots: isPlayable ? [] : null,
		sourceVideoUrl: request.sourceVideoUrl,
		voiceId: null,
		createdAt: new Date(job.createdAt).toISOString(),
	};
}
