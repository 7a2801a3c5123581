import { serializeBatch } from './serializers.mts';
import type { BatchState } from './state.mts';
import type { StoredBatch } from './store.mts';

/** Sends the webhook of a batch that has ended, if it has one. */
export function sendBatchWebhook(batch: StoredBatch, { webhooks, settings }: BatchState): void {
	webhooks.sendInBackground(batch.webhookUrl, serializeBatch(batch, batch.origin), settings);
}
