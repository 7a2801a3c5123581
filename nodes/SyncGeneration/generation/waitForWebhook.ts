import { simplifyField } from '../../shared/fields/commonFields';
import { generationLocator } from '../fields';
import { defineWaitForWebhook } from '../waiting/suspendUntilWebhook';
import { WAIT_TARGETS } from '../waiting/waitTargets';

/** Generation → Wait for Webhook. */
export const waitForWebhookOperation = defineWaitForWebhook(WAIT_TARGETS.generation, {
	action: 'Wait for webhook of generation',
	description: 'Pause the workflow until sync.so reports the generation as finished',
	locator: generationLocator,
	moreFields: [simplifyField],
	afterTimeLimit: 'use Get with its ID.',
});
