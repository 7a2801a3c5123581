import type { AssetState } from '../asset/state.mts';
import type { TranscriptionStore } from './store.mts';

/** The part of the sandbox's state that transcriptions use. */
export interface TranscriptionState extends Pick<AssetState, 'assets' | 'settings'> {
	transcriptions: TranscriptionStore;
}
