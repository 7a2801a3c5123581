import { waitFor } from './wait.mts';

/** In ms. n8n 2.x registers webhooks and forms some seconds after it reports the workflow as active. */
const REGISTRATION_TIMEOUT = 30_000;

/** The response of a webhook or form. */
export interface WebhookResponse {
	status: number;
	body: string;
}

/** Whether n8n knows what was called. For what it doesn't know, it says so. */
const isKnown = ({ status, body }: WebhookResponse): boolean =>
	status !== 404 || !body.includes('is not registered');

/**
 * Calls a webhook or form until n8n has registered it.
 *
 * @param isRegistered whether a response shows that. Default: whether n8n doesn't say the opposite
 * @returns the response
 * @throws Error if n8n doesn't register it in time
 */
export async function callRegistered(
	url: string,
	request: RequestInit = {},
	isRegistered: (response: WebhookResponse) => boolean = isKnown,
): Promise<WebhookResponse> {
	return await waitFor(
		async () => {
			const response = await fetch(url, request);
			const result = { status: response.status, body: await response.text() };
			return isRegistered(result) ? result : undefined;
		},
		REGISTRATION_TIMEOUT,
		() => `n8n has not registered ${url}`,
	);
}
