import type { GenerationContext } from '../generation/state.mts';
import type { BatchStore } from './store.mts';

/** What batches need from the state of the sandbox. */
export interface BatchContext extends GenerationContext {
	batches: BatchStore;
}
