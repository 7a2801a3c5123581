import type { IAllExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Sender } from './sender';

/** How long to cache the API's secret: many webhook calls may arrive at once. */
const CACHE_TTL_MS = 60_000;

/** The API's secrets by account, in memory only. A secret is undefined if the API returned none. */
const secretsByAccount = new Map<
	string,
	{ requestedAt: number; secret: Promise<string | undefined> }
>();

/** The signing secret in the credential; undefined if it is empty. */
export async function getCredentialSecret(
	context: IAllExecuteFunctions,
): Promise<string | undefined> {
	const { webhookSecret } = await context.getCredentials('syncApi');
	return String(webhookSecret ?? '').trim() || undefined;
}

/** Requests the API's signing secret, or returns one from up to a minute ago. Undefined if there is none. */
export async function getApiSecret(
	context: IAllExecuteFunctions,
	sender: Sender,
): Promise<string | undefined> {
	const { baseUrl, apiKey } = await context.getCredentials('syncApi');
	const account = createHash('sha256')
		.update(JSON.stringify([baseUrl, apiKey]))
		.digest('hex');
	const now = Date.now();
	for (const [cachedAccount, { requestedAt }] of secretsByAccount) {
		if (now - requestedAt >= CACHE_TTL_MS) secretsByAccount.delete(cachedAccount);
	}
	let cached = secretsByAccount.get(account);
	if (!cached)
		secretsByAccount.set(
			account,
			(cached = { requestedAt: now, secret: requestSecret(context, sender) }),
		);
	return await cached.secret;
}

async function requestSecret(
	context: IAllExecuteFunctions,
	sender: Sender,
): Promise<string | undefined> {
	const url = '/v2/organizations/webhook/secret';
	const response = await sender.send(context, { method: 'GET', url });
	const { secret } = ((response.ok && response.body) || {}) as { secret?: unknown };
	return typeof secret === 'string' && secret !== '' ? secret : undefined;
}
