import type { AssetContext } from '../asset/state.mts';
import type { IdempotentRequests } from '../core/idempotency.mts';
import type { RuleList } from '../core/ruleList.mts';
import type { Webhooks } from '../core/webhooks.mts';
import type { Outcome } from './outcomes.mts';
import type { GenerationStore } from './store.mts';
import type { Generation } from './types.mts';

/** The result of a request to create a generation. */
export interface Creation {
	/** As it was in the response. */
	generation: Generation;
	unknownOutcome: Outcome['unknownOutcome'];
}

/** What generations need from the state of the sandbox. */
export interface GenerationContext extends AssetContext {
	generations: GenerationStore;
	/** How to process the generations that tests will create. */
	outcomes: RuleList<Outcome>;
	generationRequests: IdempotentRequests<Creation>;
	webhooks: Webhooks;
}
