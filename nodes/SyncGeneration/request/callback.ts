import { isLoopback } from '../../../credentials/SyncApi.credentials';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { isApiLocal } from '../../shared/transport/localApi';
import { addMarker } from '../../shared/transport/resumeUrl';
import { parseText } from '../../shared/transport/values';

/** The URL that sync.so calls when a generation or a batch has ended. */
export interface Callback {
	url: string;
	/** Whether it resumes this execution. The URL then gets a marker, to find the generation by it. */
	resumes: boolean;
}

/**
 * Reads the callback URL: the field `webhookUrl`, or the URL that resumes this execution.
 *
 * @param fields the fields that were added to the collection that `webhookUrl` belongs to
 * @param isShared whether all items of the run share the callback, because they are created together
 * @returns undefined if there is none
 * @throws FailureError if sync.so can't call it, or if the fields conflict
 */
export async function readCallback(
	item: ItemContext,
	fields: object,
	isShared = false,
): Promise<Callback | undefined> {
	const resumes = item.parameter('wait', 'no') === 'webhook';
	const hasField = Object.hasOwn(fields, 'webhookUrl');
	if (!resumes && !hasField) return undefined;
	if (!resumes) {
		const entered = parseText((fields as { webhookUrl?: unknown }).webhookUrl, 'Webhook URL');
		return { url: await parseReachableUrl(item, entered, createInvalidUrlError), resumes };
	}
	if (hasField) {
		throw inputError(
			"'Resume by Webhook' and 'Webhook URL' can't be used together",
			"Remove 'Webhook URL': sync.so calls only one URL",
		);
	}
	if (item.run.isTool) {
		throw inputError(
			"An AI agent can't use 'Resume by Webhook', because it doesn't suspend",
			"Set 'Wait' to 'Wait Until Finished'",
		);
	}
	if (!isShared) checkSingleItem(item);
	return {
		url: await parseReachableUrl(item, getResumeUrl(item), createUnreachableError),
		resumes,
	};
}

/** The URL to send to the API. It has a marker with the idempotency key if it resumes this execution. */
export const buildCallbackUrl = ({ url, resumes }: Callback, key: string): string =>
	resumes ? addMarker(url, key) : url;

/** The URL at which n8n resumes this execution once it is suspended. */
const getResumeUrl = ({ context, index }: ItemContext): string =>
	String(context.evaluateExpression('{{ $execution.resumeUrl }}', index));

/** @throws FailureError if there are several items: n8n can't resume an execution for each of them */
function checkSingleItem({ run: { itemCount } }: ItemContext): void {
	if (itemCount <= 1) return;
	throw inputError(
		`'Resume by Webhook' works for one item, but there are ${itemCount}`,
		"Use 'Wait Until Finished', which takes any number of items, or put Loop Over Items with a batch size of 1 before this node",
	);
}

const createInvalidUrlError = () =>
	inputError(
		"'Webhook URL' doesn't start with https://",
		'sync.so only calls encrypted URLs, e.g. https://n8n.example.com/webhook/finished',
	);

const createUnreachableError = (url: string) =>
	inputError(
		`sync.so can't reach this n8n at ${URL.canParse(url) ? new URL(url).origin : 'its URL'}`,
		"Set n8n's environment variable WEBHOOK_URL to its public https URL, or use 'Wait Until Finished'",
	);

/**
 * Normalizes a URL if sync.so can call it: with https, or with http if both the URL and the API are local.
 *
 * @throws the error from `createError` otherwise
 */
async function parseReachableUrl(
	item: ItemContext,
	address: string,
	createError: (address: string) => Error,
): Promise<string> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url?.protocol === 'https:') return url.href;
	const isLocal = url?.protocol === 'http:' && isLoopback(url.hostname);
	if (isLocal && (await isApiLocal(item))) return url.href;
	throw createError(address);
}
