import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { isLoopback } from '../../../credentials/SyncApi.credentials';
import type { Failure } from '../transport/errors';
import { inputError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';
import { isApiLocal } from '../transport/localApi';
import type { Run } from '../transport/run';
import { PerRun } from '../transport/run';
import type { ApiResponse } from '../transport/sender';
import { ServerHealth } from '../transport/serverHealth';

/** The API's limit for one upload, in bytes: 5 GiB. */
export const MAX_FILE_SIZE = 5 * 1024 ** 3;

/** The health of each storage server by host: it can be down while the API is up. */
const healthByHost = new PerRun(() => new Map<string, ServerHealth>());

function getHealth(run: Run, host: string): ServerHealth {
	const byHost = healthByHost.get(run);
	const health = byHost.get(host) ?? new ServerHealth();
	byHost.set(host, health);
	return health;
}

/** Converts a storage server's response outside 2xx to a failure. S3 and compatible servers respond with XML. */
function storageFailure({ statusCode, body, headers }: IN8nHttpFullResponse): Failure {
	const xml = typeof body === 'string' ? body : '';
	const readTag = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] || null;
	const details = readTag('Message');
	return {
		message: `sync.so's file storage responded with status ${statusCode}${details ? `: ${details}` : ''}`,
		statusCode,
		errorCode: readTag('Code'),
		hint: hintFor(statusCode, readTag('Code')),
		requestId: readTag('RequestId') ?? (headers['x-amz-request-id'] as string | undefined) ?? null,
	};
}

function hintFor(statusCode: number, code: string | null): string {
	if (statusCode === 404) {
		return 'Upload the file again: it is missing from the storage, because its upload did not finish or it was deleted';
	}
	if (statusCode === 403 && code === null) {
		return "Ask your network administrator to allow sync.so's file storage";
	}
	return 'Run the workflow again in a minute';
}

/** Whether a storage server ended a transfer because it was too slow. Unlike after other 400s, a retry may work. */
const isRequestTimeout = ({ statusCode, body }: IN8nHttpFullResponse): boolean =>
	statusCode === 400 && typeof body === 'string' && body.includes('<Code>RequestTimeout</Code>');

/** Whether a storage server rejected a URL because it has expired. */
export const isExpired = (response: ApiResponse): boolean =>
	!response.ok && response.failure.statusCode === 403 && /expired/i.test(response.failure.message);

/**
 * Checks a file URL from the API: it must use https and point to another machine. URLs on this machine are allowed if
 * the API is there too.
 *
 * @throws FailureError if the URL isn't allowed
 */
export async function checkFileUrl(item: ItemContext, url: unknown): Promise<string> {
	const text = typeof url === 'string' ? url.trim() : '';
	const parsed = URL.canParse(text) ? new URL(text) : undefined;
	if (parsed?.protocol === 'https:' && !isLoopback(parsed.hostname)) return text;
	const isLocal =
		parsed !== undefined && /^https?:$/.test(parsed.protocol) && isLoopback(parsed.hostname);
	if (isLocal && (await isApiLocal(item))) return text;
	throw inputError(
		'sync.so provided no valid URL for the file',
		"Check the 'Base URL' in the Sync API credential. Files are transferred over https only.",
	);
}

/**
 * Sends a request to a storage server under the run's policy, without the API key.
 *
 * @param url the URL of the request; only its host matters here
 * @param attempt sends the request once, with the node's proxy and certificate settings
 * @param maxRetries default: the setting of the item
 */
export async function sendToStorage(
	{ run, settings }: ItemContext,
	url: string,
	attempt: (connection: Partial<IHttpRequestOptions>) => Promise<IN8nHttpFullResponse>,
	maxRetries = settings.maxRetries,
): Promise<ApiResponse> {
	const { sender } = run;
	const { host } = new URL(url);
	return await sender.transfer(async () => await attempt(sender.settings.connection ?? {}), {
		maxRetries,
		toFailure: storageFailure,
		isRetryable: isRequestTimeout,
		health: getHealth(run, host),
		server: { host, isApi: false },
	});
}

/** Formats bytes as megabytes, rounded up to one decimal. */
export const formatMegabytes = (bytes: number): string => `${Math.ceil(bytes / 1e5) / 10} MB`;
