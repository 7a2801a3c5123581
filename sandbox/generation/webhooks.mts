import { serializeWebhook } from './serializers.mts';
import type { GenerationState } from './state.mts';
import type { StoredGeneration } from './store.mts';

/** Sends the webhook of a generation that has ended, if it has one. Rejected generations don't send any. */
export function sendGenerationWebhook(
	stored: StoredGeneration,
	state: Pick<GenerationState, 'settings' | 'urls' | 'webhooks'>,
): void {
	const { status, webhookUrl } = stored.generation;
	if (status === 'REJECTED') return;
	state.webhooks.sendInBackground(webhookUrl, serializeWebhook(stored, state), state.settings);
}
