import { defineWaitForWebhook } from '../waiting/suspendUntilWebhook';
import { WAIT_TARGETS } from '../waiting/waitTargets';
import { batchLocator } from './batchLocator';

/** Batch → Wait for Webhook. */
export const waitForWebhookOperation = defineWaitForWebhook(WAIT_TARGETS.batch, {
	action: 'Wait for webhook of batch',
	description:
		'Pause the workflow until sync.so reports the batch as finished, which takes up to a day',
	locator: batchLocator,
	moreFields: [],
	afterTimeLimit: 'use Get with its ID.',
});
