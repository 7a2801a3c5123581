import type { components } from '../../nodes/shared/api.ts';

/** A request to create a dialogue edit, as in the contract. */
export type DialogueEditRequest = components['schemas']['CreateDialogueEditRequest'];
