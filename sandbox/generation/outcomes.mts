import type { Rule } from '../core/ruleList.mts';
import type { GenerationRequest } from './types.mts';

/** How a generation ends. */
export interface Ending {
	/** Default: `COMPLETED`. */
	status?: 'COMPLETED' | 'FAILED' | 'REJECTED';
	/** The error code, if it does not complete. */
	errorCode?: string;
	/** The error message, if it does not complete. */
	error?: string;
}

/** How to process generations that tests will create. */
export interface Outcome extends Ending, Rule {
	/** The generations it is for: those that meet every condition. Default: all. */
	match?: { model?: string; bodyContains?: string };
	/**
	 * How long the generation is PENDING, in milliseconds; null for forever. At 0, a REJECTED generation is rejected in the
	 * response to its creation. Default: the setting.
	 */
	pendingMs?: number | null;
	/** How long it is PROCESSING after that, in milliseconds; null for forever. Default: the setting. */
	processingMs?: number | null;
	/**
	 * Makes the first response to its creation a 503 `IDEMPOTENCY_OUTCOME_UNKNOWN`, with or without the ID of the
	 * generation, which exists all the same. Only for requests with an Idempotency-Key.
	 */
	unknownOutcome?: 'withId' | 'withoutId';
}

/** Whether an outcome applies to a generation. */
export function matchesGeneration({ match = {} }: Outcome, request: GenerationRequest): boolean {
	const { model, bodyContains = '' } = match;
	return (
		(model === undefined || model === request.model) &&
		(bodyContains === '' || JSON.stringify(request).includes(bodyContains))
	);
}
