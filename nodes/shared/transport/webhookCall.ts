import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Sender } from './sender';
import { isSignedWith, readSignature } from './signature';
import { listSecrets } from './webhookSecret';

/** Few retries and a short timeout, because sync.so is waiting for the response. */
export const WEBHOOK_SEND_SETTINGS = { maxRetries: 2, timeout: 20 };

/**
 * How long the secret that signed a call is tried first for the next ones. Reading a credential takes n8n about as long
 * as everything else about a call, so a burst of calls reads it once.
 */
const RECENT_SECRET_TTL_MS = 10_000;
/** Maximum number of credentials to keep a recent secret for. */
const MAX_RECENT_SECRETS = 100;

/** The secret that signed the latest call of a credential. */
interface RecentSecret {
	secret: string;
	/** When it is forgotten, in ms since 1970. */
	expiresAt: number;
}

/** By credential ID. In memory only. */
const recentSecrets = new Map<string, RecentSecret>();

/** The exact bytes of a webhook call. Empty for a form with files, which n8n doesn't keep. */
export function getRawBody(context: IWebhookFunctions): Buffer {
	const { rawBody = Buffer.alloc(0) } = context.getRequestObject() as { rawBody?: Buffer };
	return rawBody;
}

/**
 * Finds out why a webhook call can't be trusted. Without a signature within the tolerance, no secret is requested.
 *
 * @param tolerance maximum age of the signature, in seconds; 0 for any age
 * @returns undefined if the call is signed with the credential's or the API's secret
 */
export async function findTrustProblem(
	context: IWebhookFunctions,
	sender: Sender,
	tolerance: number,
): Promise<string | undefined> {
	const signature = readSignature(context.getHeaderData(), tolerance);
	if ('problem' in signature) return signature.problem;
	const rawBody = getRawBody(context);
	const credentialId = context.getNode().credentials?.syncApi?.id ?? undefined;
	const recent = credentialId === undefined ? undefined : recentSecrets.get(credentialId);
	if (recent && Date.now() < recent.expiresAt && isSignedWith(recent.secret, rawBody, signature)) {
		return undefined;
	}
	let problem = 'There is no signing secret to verify the webhook';
	for await (const { secret, isStale } of listSecrets(context, sender)) {
		if (isSignedWith(secret, rawBody, signature)) {
			if (credentialId !== undefined && !isStale) rememberSecret(credentialId, secret);
			return undefined;
		}
		problem = "The signature doesn't match the body and the 'Webhook Signing Secret'";
	}
	return problem;
}

/** Remembers the secret that signed a call, from when it was read. */
function rememberSecret(credentialId: string, secret: string): void {
	recentSecrets.delete(credentialId);
	recentSecrets.set(credentialId, { secret, expiresAt: Date.now() + RECENT_SECRET_TTL_MS });
	const [oldest] = recentSecrets.keys();
	if (recentSecrets.size > MAX_RECENT_SECRETS) recentSecrets.delete(oldest);
}

/** Responds to a webhook call without starting or resuming an execution. */
export function respond(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
