import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Failure } from './errors';
import { inputFailure } from './errors';
import { hashJson } from './hashJson';
import type { ApiResponse, Sender } from './sender';

/** How often to request the API's secret at most: forged calls must not cause a flood of requests. */
const MIN_INTERVAL_MS = 60_000;
/** The same after a failed request, because sync.so doesn't repeat the calls that can't be verified meanwhile. */
const MIN_INTERVAL_AFTER_FAILURE_MS = 5000;
/** After how long a secret is requested again before it is used, in case it was revoked. */
const RENEW_AFTER_MS = 10 * 60_000;
/** Maximum number of accounts to keep a secret for. */
const MAX_ACCOUNTS = 100;

/** What is known about the API's secret of an account. */
interface KnownSecret {
	/** The latest one; undefined before the first response, and if the API has none. */
	secret?: string;
	/** When it was last requested, in ms since 1970. */
	requestedAt: number;
	/** When the latest request that succeeded was sent, in ms since 1970. */
	confirmedAt: number;
	/** The latest request. */
	response?: Promise<ApiResponse>;
	isPending: boolean;
}

/** By account, the least recently used first. In memory only. */
const knownSecrets = new Map<string, KnownSecret>();

/** What the credential says about the secret. */
interface CredentialSecret {
	/** The secret in it; undefined if it is empty. */
	own?: string;
	/** What is known about the API's secret of its account. */
	known: KnownSecret;
}

/** Reads the credential once, because n8n queries its database and decrypts it each time. */
async function readCredential(context: IAllExecuteFunctions): Promise<CredentialSecret> {
	const { baseUrl, apiKey, webhookSecret } = await context.getCredentials('syncApi');
	const account = hashJson([baseUrl, apiKey]);
	const known = knownSecrets.get(account) ?? { requestedAt: 0, confirmedAt: 0, isPending: false };
	knownSecrets.delete(account);
	knownSecrets.set(account, known);
	const [leastRecentlyUsed] = knownSecrets.keys();
	if (knownSecrets.size > MAX_ACCOUNTS) knownSecrets.delete(leastRecentlyUsed);
	return { own: String(webhookSecret ?? '').trim() || undefined, known };
}

/** A secret that may have signed a webhook call. */
interface SigningSecret {
	secret: string;
	/** Whether it may have been revoked long ago, because the API didn't respond. */
	isStale: boolean;
}

/**
 * Lists the secrets that may have signed a webhook call: that of the credential, the known one of the API, and, if
 * neither is right, the current one of the API. So only a call with another secret needs a request, and the first call
 * after ten minutes.
 */
export async function* listSecrets(
	context: IAllExecuteFunctions,
	sender: Sender,
): AsyncGenerator<SigningSecret, void> {
	const { own, known } = await readCredential(context);
	if (own !== undefined) yield { secret: own, isStale: false };
	if (isStale(known)) await requestIfDue(known, context, sender);
	const { secret } = known;
	if (secret !== undefined) yield { secret, isStale: isStale(known) };
	await requestIfDue(known, context, sender);
	if (known.secret !== undefined && known.secret !== secret)
		yield { secret: known.secret, isStale: isStale(known) };
}

const isStale = ({ confirmedAt }: KnownSecret): boolean =>
	Date.now() - confirmedAt >= RENEW_AFTER_MS;

/** Requests the API's secret in the background, unless the credential has one, so that the first call finds it. */
export async function warmUpSecret(context: IAllExecuteFunctions, sender: Sender): Promise<void> {
	const { own, known } = await readCredential(context);
	if (own === undefined) void requestIfDue(known, context, sender);
}

/**
 * Finds out why there is no signing secret. If the API is unreachable at the moment, there may be one.
 *
 * @returns undefined if there is one, or may be one
 */
export async function findMissingSecret(
	context: IAllExecuteFunctions,
	sender: Sender,
): Promise<Failure | undefined> {
	const { own, known } = await readCredential(context);
	if (own !== undefined) return undefined;
	const response = await request(known, context, sender);
	if (response.ok) {
		if (readSecret(response.body) !== undefined) return undefined;
		return inputFailure(
			'sync.so has no signing secret for this account',
			'Create one at https://sync.so/settings/webhooks',
		);
	}
	const isUnclear = response.isTemporary || response.failure.statusCode === 0;
	return isUnclear ? undefined : response.failure;
}

/** Requests the API's secret, unless it was requested just now. Waits for a request in flight. */
async function requestIfDue(
	known: KnownSecret,
	context: IAllExecuteFunctions,
	sender: Sender,
): Promise<void> {
	const { requestedAt, confirmedAt } = known;
	const interval = requestedAt > confirmedAt ? MIN_INTERVAL_AFTER_FAILURE_MS : MIN_INTERVAL_MS;
	const isDue = Date.now() - requestedAt >= interval;
	await (isDue ? request(known, context, sender) : known.response);
}

/** Requests the API's secret. Calls at the same time share one request. */
async function request(
	known: KnownSecret,
	context: IAllExecuteFunctions,
	sender: Sender,
): Promise<ApiResponse> {
	if (known.response && known.isPending) return await known.response;
	const requestedAt = (known.requestedAt = Date.now());
	known.isPending = true;
	known.response = sender
		.send(
			context,
			{ method: 'GET', url: '/v2/organizations/webhook/secret' },
			{ expects: { name: 'a signing secret', matches: isObject } },
		)
		.then((response) => {
			// After a failure, the secret stays as it was.
			if (response.ok) {
				known.secret = readSecret(response.body);
				known.confirmedAt = requestedAt;
			}
			return response;
		})
		.finally(() => (known.isPending = false));
	return await known.response;
}

const isObject = (body: unknown): boolean => typeof body === 'object' && body !== null;

function readSecret(body: unknown): string | undefined {
	const { secret } = body as { secret?: unknown };
	return typeof secret === 'string' && secret !== '' ? secret : undefined;
}
