import type { AssetStore } from '../asset/store.mts';
import type { Settings } from '../core/settings.mts';
import type { FileStore } from '../storage/store.mts';
import type { VoiceStore } from './store.mts';

/** The part of the sandbox's state that voices use. */
export interface VoiceState {
	settings: Settings;
	assets: AssetStore;
	files: FileStore;
	voices: VoiceStore;
}
