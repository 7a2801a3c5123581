import type { Delivery, Webhooks } from '../core/webhooks.mts';
import type { GenerationContext } from './state.mts';
import type { StoredGeneration } from './store.mts';
import { webhookView } from './serializers.mts';

type Context = Pick<GenerationContext, 'settings' | 'urls' | 'webhooks'>;

/**
 * Sends the webhook of a generation and waits for the response.
 *
 * @throws Error if the generation has no webhook URL
 */
export async function deliver(
	stored: StoredGeneration,
	context: Context,
	options: Parameters<Webhooks['send']>[2] = {},
): Promise<Delivery> {
	const { id, webhookUrl } = stored.generation;
	if (!webhookUrl) throw new Error(`Generation ${id} has no webhookUrl`);
	return await context.webhooks.send(webhookUrl, webhookView(stored, context), options);
}

/** Sends the webhook of a generation that has ended, if it has one. Rejected generations don't send any. */
export function notifyOfGeneration(stored: StoredGeneration, context: Context): void {
	const { webhooks, webhookDelayMs: delayMs } = context.settings;
	const { status, webhookUrl } = stored.generation;
	if (webhooks === 'off' || status === 'REJECTED' || !webhookUrl) return;
	// Only a reset makes it fail, and then nobody waits for it.
	deliver(stored, context, { delayMs }).catch(() => undefined);
}
