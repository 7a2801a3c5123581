import type { Rule } from '../core/ruleList.mts';
import type { GenerationRequest } from './types.mts';

/** How a generation ends. */
export interface Ending {
	/** Default: `COMPLETED`. */
	status?: 'COMPLETED' | 'FAILED' | 'REJECTED';
	/** The error code, unless it completes. */
	errorCode?: string;
	/** The error message, unless it completes. */
	error?: string;
}

/** How to process a generation, and how it ends. Tests set outcomes before they create generations. */
export interface Outcome extends Ending, Rule {
	/** Applies the outcome only to generations that meet all conditions. Default: all generations. */
	match?: { model?: string; bodyContains?: string };
	/**
	 * How long the generation is PENDING, in milliseconds; null for forever. With 0, a REJECTED generation is already
	 * rejected in the response to its creation. Default: the setting.
	 */
	pendingMs?: number | null;
	/** How long it is PROCESSING after that, in milliseconds; null for forever. Default: the setting. */
	processingMs?: number | null;
	/**
	 * Creates the generation, but responds with a 503 `IDEMPOTENCY_OUTCOME_UNKNOWN` at first, with or without its ID. Only
	 * for requests with an Idempotency-Key.
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
