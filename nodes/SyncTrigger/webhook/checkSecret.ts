import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { findMissingSecret, warmUpSecret } from '../../shared/transport/webhookSecret';
import { createSender, readTriggerSettings } from './settings';

/** n8n's modes in which a user activates a workflow or listens for a test event. In the others, it is active already. */
const MODES_BY_HAND = ['activate', 'manual'];

/**
 * Refuses to activate the workflow if calls can't be verified for lack of a secret.
 *
 * n8n also calls this at each start, and deactivates the workflow after an error. So a workflow that is active already
 * is never refused, and neither is one whose secret can't be requested at the moment.
 *
 * @throws NodeOperationError
 */
export async function checkSecret(context: IHookFunctions): Promise<void> {
	const failure = await findFailure(context).catch(() => undefined);
	if (failure === undefined) return;
	const message =
		"There is no secret to verify webhooks with. Enter the 'Webhook Signing Secret' in the Sync API credential, or turn off 'Verify Signature'.";
	throw new NodeOperationError(context.getNode(), message, {
		description: [failure.message, failure.hint].filter(Boolean).join('. '),
	});
}

async function findFailure(context: IHookFunctions): Promise<Failure | undefined> {
	const settings = readTriggerSettings((...args) => context.getNodeParameter(...args));
	if (!settings.verifiesSignature) return undefined;
	if (MODES_BY_HAND.includes(context.getActivationMode())) {
		return await findMissingSecret(context, createSender());
	}
	await warmUpSecret(context, createSender());
	return undefined;
}
