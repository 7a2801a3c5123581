import { ResponseWithHeaders, type Handlers } from '../core/handlerTypes.mts';
import { JOB_RETRY_AFTER } from '../core/jobStore.mts';
import { sampleKey } from '../storage/sampleFiles.mts';
import { signDownloadUrl } from '../storage/urls.mts';
import { checkAccess, checkStored } from '../transcription/checks.mts';
import { checkEdits, requireDialogueEdit } from './checks.mts';
import { serializeDialogueEdit } from './serializers.mts';
import type { DialogueEditState } from './state.mts';

/** Dialogue edits: create and get. */
export const dialogueEditHandlers: Handlers<DialogueEditState> = {
	createDialogueEdit: ({ body, caller, origin }, state) => {
		checkAccess('/v2/dialogue-edits', state.settings);
		checkStored(body.sourceVideoUrl, caller, state);
		checkEdits(body);
		const previewUrl = signDownloadUrl(sampleKey('wav'), origin, state);
		const job = state.dialogueEdits.add({ request: body, previewUrl });
		return serializeDialogueEdit(job, state.settings);
	},

	getDialogueEdit: ({ params }, state) => {
		const body = serializeDialogueEdit(requireDialogueEdit(params.id, state), state.settings);
		const isActive = body.status === 'PENDING' || body.status === 'PROCESSING';
		return isActive ? new ResponseWithHeaders(body, { 'retry-after': JOB_RETRY_AFTER }) : body;
	},
};
