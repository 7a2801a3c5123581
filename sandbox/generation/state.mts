import type { AssetState } from '../asset/state.mts';
import type { IdempotentRequests } from '../core/idempotency.mts';
import type { RuleList } from '../core/ruleList.mts';
import type { WebhookSender } from '../core/webhooks.mts';
import type { Outcome } from './outcomes.mts';
import type { GenerationStore } from './store.mts';
import type { Generation } from './types.mts';

/** The result of a request to create a generation. */
export interface Creation {
	/** As in the response. */
	generation: Generation;
	unknownOutcome: Outcome['unknownOutcome'];
}

/** The part of the sandbox's state that generations use. */
export interface GenerationState extends AssetState {
	generations: GenerationStore;
	/** The outcomes of generations to be created. */
	outcomes: RuleList<Outcome>;
	generationRequests: IdempotentRequests<Creation>;
	webhooks: WebhookSender;
}
