import type { BatchContext } from './state.mts';
import type { StoredBatch } from './store.mts';
import { batchView } from './serializers.mts';

/** Sends the webhook of a batch that has ended, if it has one. */
export function notifyOfBatch(batch: StoredBatch, { webhooks, settings }: BatchContext): void {
	const { webhookUrl, origin } = batch;
	if (settings.webhooks === 'off' || webhookUrl === null) return;
	const delayMs = settings.webhookDelayMs;
	// Only a reset makes it fail, and then nobody waits for it.
	webhooks.send(webhookUrl, batchView(batch, origin), { delayMs }).catch(() => undefined);
}
