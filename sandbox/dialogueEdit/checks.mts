import { ApiError, httpError } from '../core/errors.mts';
import type { DialogueEditState } from './state.mts';
import type { StoredDialogueEdit } from './store.mts';
import type { DialogueEditRequest } from './types.mts';

/** @throws ApiError if an edit is about a word that the transcript doesn't have */
export function checkEdits({ transcript, edits }: DialogueEditRequest): void {
	const words = transcript.segments.flatMap((segment) => segment.words.map(({ id }) => id));
	const ids = edits.flatMap(({ wordId, wordIds = [] }) => (wordId ? [wordId] : wordIds));
	const unknown = ids.filter((id) => !words.includes(id));
	if (unknown.length === 0) return;
	const message = `The transcript has no words with these IDs: ${unknown.join(', ')}`;
	throw new ApiError(400, { message });
}

/** Gets a dialogue edit. @throws ApiError if it does not exist */
export function requireDialogueEdit(
	id: string,
	{ dialogueEdits }: DialogueEditState,
): StoredDialogueEdit {
	const job = dialogueEdits.get(id);
	if (!job) throw httpError(404, 'Dialogue edit not found');
	return job;
}
