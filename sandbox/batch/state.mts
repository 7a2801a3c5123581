import type { GenerationState } from '../generation/state.mts';
import type { BatchStore } from './store.mts';

/** The part of the sandbox's state that batches use. */
export interface BatchState extends GenerationState {
	batches: BatchStore;
}
