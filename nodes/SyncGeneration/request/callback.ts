import { isLoopback, tidyBaseUrl } from '../../../credentials/SyncApi.credentials';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { addMarker } from '../../shared/transport/resumeUrl';
import { parseText } from '../../shared/transport/values';

/** The URL that sync.so calls when it has finished. */
export interface Callback {
	url: string;
	/** Whether it resumes this execution. It then gets a marker of the request, by which the request is found again. */
	resumes: boolean;
}

/**
 * Reads the URL that sync.so is to call: that of a field, or the one at which n8n resumes this execution.
 *
 * @param added the fields of the collection that the field `webhookUrl` is in
 * @returns undefined if there is none
 * @throws FailureError if it can't be called
 */
export async function readCallback(
	item: ItemContext,
	added: object,
): Promise<Callback | undefined> {
	const resumes = item.parameter('wait', 'no') === 'webhook';
	const hasField = Object.hasOwn(added, 'webhookUrl');
	if (!resumes && !hasField) return undefined;
	if (!resumes) {
		const typed = parseText((added as { webhookUrl?: unknown }).webhookUrl, 'Webhook URL');
		return { url: await checkReachable(item, typed, invalidField), resumes };
	}
	if (hasField) {
		throw inputError(
			"'Resume by Webhook' and 'Webhook URL' can't be used together",
			"Remove 'Webhook URL': sync.so calls only one URL for a generation",
		);
	}
	checkSingleItem(item);
	return { url: await checkReachable(item, getResumeUrl(item), notReachable), resumes };
}

/** The URL for the API; with the key in it if it resumes this execution. */
export const buildCallbackUrl = ({ url, resumes }: Callback, key: string): string =>
	resumes ? addMarker(url, key) : url;

/** The URL at which n8n resumes this execution once it is suspended. */
const getResumeUrl = ({ context, index }: ItemContext): string =>
	String(context.evaluateExpression('{{ $execution.resumeUrl }}', index));

/** @throws FailureError if an execution would have to be resumed for each of several items */
function checkSingleItem({ run: { itemCount } }: ItemContext): void {
	if (itemCount <= 1) return;
	throw inputError(
		`'Resume by Webhook' works for one item, but there are ${itemCount}`,
		"Use 'Wait Until Finished', which takes any number of items, or put Loop Over Items with a batch size of 1 before this node",
	);
}

const invalidField = () =>
	inputError(
		"'Webhook URL' doesn't start with https://",
		'sync.so only calls encrypted URLs, e.g. https://n8n.example.com/webhook/finished',
	);

const notReachable = (url: string) =>
	inputError(
		`sync.so can't reach this n8n at ${URL.canParse(url) ? new URL(url).origin : 'its URL'}`,
		"Set n8n's environment variable WEBHOOK_URL to its public https URL, or use 'Wait Until Finished'",
	);

/** @throws FailureError if it is neither encrypted nor on this machine together with the API */
async function checkReachable(
	item: ItemContext,
	address: string,
	refuse: (address: string) => Error,
): Promise<string> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url?.protocol === 'https:') return url.href;
	const isLocal = url?.protocol === 'http:' && isLoopback(url.hostname);
	if (isLocal && (await isApiLocal(item))) return url.href;
	throw refuse(address);
}

async function isApiLocal({ context }: ItemContext): Promise<boolean> {
	const { baseUrl } = await context.getCredentials('syncApi');
	return isLoopback(new URL(tidyBaseUrl(baseUrl)).hostname);
}
