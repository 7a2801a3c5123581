import type { GenerationContext } from '../generation/context.mts';
import type { BatchStore } from './store.mts';

/** What batches need from the state of the sandbox. */
export interface BatchContext extends GenerationContext {
	batches: BatchStore;
}
