import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

const DEFAULT_BASE_URL = 'https://api.sync.so';
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether a host, as in `URL.hostname`, is this machine. Only traffic within it may be unencrypted. */
export const isLoopback = (hostname: string): boolean => LOOPBACK_HOST.test(hostname);

/**
 * Normalizes the Base URL: removes trailing slashes, `/v2`, the query and the fragment. Defaults to sync.so.
 *
 * @throws UserError if it is not a URL, or not encrypted: the API key is sent in a header, so `http` is allowed for
 * this machine only
 */
export function normalizeBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	let url: URL;
	try {
		url = new URL(text || DEFAULT_BASE_URL);
	} catch {
		throw new UserError("The 'Base URL' in the Sync API credential is not a web address", {
			description: `Enter a URL such as ${DEFAULT_BASE_URL}`,
		});
	}
	const isEncrypted = url.protocol === 'https:';
	if (!isEncrypted && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		throw new UserError("The 'Base URL' in the Sync API credential must start with https://", {
			description: 'Plain http:// is accepted for this machine only, e.g. http://localhost:8787',
		});
	}
	return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v2$/, '');
}

/**
 * Points a request at the credential's base URL and adds the API key. No other code adds the key to a request. Requests
 * to any other URL are rejected, and redirects aren't followed, because n8n would send the key along.
 *
 * @param requestOptions n8n's options; the HTTP Request node passes legacy ones, with `uri` instead of `url`
 * @throws UserError if the URL is outside the base URL, or the base URL is invalid
 */
export async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions & { uri?: string },
): Promise<IHttpRequestOptions> {
	const baseURL = normalizeBaseUrl(credentials.baseUrl);
	const url = requestOptions.url ?? requestOptions.uri ?? '';
	const isPath = /^\/(?![/\\])/.test(url);
	const target = new URL(isPath ? baseURL + url : url);
	if (!target.href.startsWith(`${baseURL}/`)) {
		throw new UserError(`The Sync API key is sent to ${baseURL} only, not to ${target.host}`, {
			description: "Change the URL, or the 'Base URL' in the Sync API credential",
		});
	}
	return {
		...requestOptions,
		...(isPath && { baseURL }),
		...('uri' in requestOptions && { followRedirect: false, followAllRedirects: false }),
		disableFollowRedirect: true,
		headers: { ...requestOptions.headers, 'x-api-key': String(credentials.apiKey ?? '').trim() },
	};
}

/**
 * The Sync API credential: API key, base URL and webhook signing secret. The nodes test it with
 * `nodes/shared/transport/credentialTest.ts`.
 */
export class SyncApi implements ICredentialType {
	name = 'syncApi';

	displayName = 'Sync API';

	icon: Icon = { light: 'file:../icons/sync.svg', dark: 'file:../icons/sync.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sync-so/n8n-nodes-sync-so?tab=readme-ov-file#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Create an API key at <a href="https://sync.so/settings/api-keys" target="_blank">sync.so/settings/api-keys</a>',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret key of your account. sync.so shows it only once.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			placeholder: `e.g. ${DEFAULT_BASE_URL}`,
			description: 'The address of the Sync API. Only change it for a proxy or a local Sync API.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				'To verify that webhooks come from sync.so. Optional. Copy it from <a href="https://sync.so/settings/webhooks" target="_blank">sync.so/settings/webhooks</a>.',
		},
	];

	authenticate = authenticate;
}
