import type { Clock } from '../core/clock.mts';
import type { Settings } from '../core/settings.mts';
import type { ProjectStore } from '../project/store.mts';
import type { FileStore } from '../storage/store.mts';
import type { UrlSigner } from '../storage/urls.mts';
import type { AssetStore } from './store.mts';

/** The part of the sandbox's state that assets use. */
export interface AssetState {
	settings: Settings;
	clock: Clock;
	projects: ProjectStore;
	assets: AssetStore;
	files: FileStore;
	urls: UrlSigner;
}
