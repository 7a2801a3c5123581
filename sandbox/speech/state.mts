import type { IdempotentRequests } from '../core/idempotency.mts';
import type { Settings } from '../core/settings.mts';
import type { UrlSigner } from '../storage/urls.mts';
import type { VoiceStore } from '../voice/store.mts';
import type { SpeechJob, SpeechJobStore } from './store.mts';

/** The part of the sandbox's state that speech uses. */
export interface SpeechState {
	settings: Settings;
	urls: UrlSigner;
	voices: VoiceStore;
	speechJobs: SpeechJobStore;
	speechJobRequests: IdempotentRequests<SpeechJob>;
}
