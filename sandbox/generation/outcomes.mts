import type { Rule } from '../core/rules.mts';
import type { GenerationRequest } from './store.mts';

/** How a generation ends. */
export interface Ending {
	/** Default `COMPLETED`. */
	status?: 'COMPLETED' | 'FAILED' | 'REJECTED';
	/** Why it did not complete, one of the API's codes. */
	errorCode?: string;
	/** The same in words. */
	error?: string;
}

/** What comes of the next generations, on demand. */
export interface Outcome extends Ending, Rule {
	/** Which generations it is for: those for which all of this holds. Default: all. */
	match?: { model?: string; bodyContains?: string };
	/**
	 * How long it is PENDING, in ms; null for ever. One that is to be REJECTED is so in the answer to its creation when this
	 * is 0. Default: the setting.
	 */
	pendingMs?: number | null;
	/** How long it is PROCESSING, in ms; null for ever. Default: the setting. */
	processingMs?: number | null;
	/**
	 * The first answer to its creation with an Idempotency-Key is a 503 `IDEMPOTENCY_OUTCOME_UNKNOWN`, with or without the
	 * ID of the generation, which is there all the same.
	 */
	unsure?: 'withId' | 'withoutId';
}

/** Whether an outcome is meant for a generation that is asked for. */
export function isFor({ match = {} }: Outcome, request: GenerationRequest): boolean {
	const { model, bodyContains = '' } = match;
	return (
		(model === undefined || model === request.model) &&
		(bodyContains === '' || JSON.stringify(request).includes(bodyContains))
	);
}
