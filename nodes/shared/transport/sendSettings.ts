import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { inputError } from './errors';
import type { SendSettings } from './sender';
import { DEFAULT_SEND_SETTINGS } from './sender';
import { isBlank, parseBoolean, parseNumber } from './values';

/** n8n's own collection 'Request Options', in the settings of a node. */
interface RequestOptions {
	proxy?: unknown;
	allowUnauthorizedCerts?: unknown;
	/** In milliseconds. */
	timeout?: unknown;
}

/** The settings that may differ by item, because they accept expressions. */
export type ItemSettings = Pick<SendSettings, 'maxRetries' | 'timeout'>;

/**
 * Reads how to send the requests of a run. The settings that apply to all items together accept no expressions. The
 * others are those of the first item.
 *
 * @param read returns a collection of the node
 * @throws FailureError if a setting is invalid
 */
export function readRunSettings(
	read: (name: 'options' | 'requestOptions') => unknown,
): SendSettings & { combineLookups: boolean } {
	const options = read('options') as IDataObject;
	return {
		...parseSendSettings(options, read('requestOptions') as RequestOptions),
		combineLookups:
			!('combineLookups' in options) || parseBoolean(options.combineLookups, 'Combine Lookups'),
	};
}

/** Parses the collections 'Options' and 'Request Options'. @throws FailureError if a setting is invalid */
export function parseSendSettings(
	options: IDataObject,
	requestOptions: RequestOptions = {},
): SendSettings {
	const concurrencyRule = { label: 'Max Concurrent Requests', min: 1, integer: true };
	return {
		maxConcurrent:
			'maxConcurrent' in options
				? parseNumber(options.maxConcurrent, concurrencyRule)
				: DEFAULT_SEND_SETTINGS.maxConcurrent,
		...parseItemSettings(options, requestOptions),
		connection: parseConnection(requestOptions),
	};
}

/** Parses only the settings that may differ by item. @throws FailureError if a setting is invalid */
export function parseItemSettings(
	options: IDataObject,
	{ timeout }: RequestOptions = {},
): ItemSettings {
	const retriesRule = { label: 'Max Retries', min: 0, integer: true };
	const defaultTimeout = isBlank(timeout)
		? DEFAULT_SEND_SETTINGS.timeout
		: parseNumber(timeout, { label: 'Timeout (Seconds)', min: 1 }) / 1000;
	return {
		maxRetries:
			'maxRetries' in options
				? parseNumber(options.maxRetries, retriesRule)
				: DEFAULT_SEND_SETTINGS.maxRetries,
		// 'Timeout (Seconds)' under 'Options' is more specific, so it takes precedence.
		timeout:
			'timeout' in options
				? parseNumber(options.timeout, { label: 'Timeout (Seconds)', min: 1 })
				: defaultTimeout,
	};
}

/**
 * Converts 'Request Options' to n8n's options for connections, as n8n's own routing does.
 *
 * @throws FailureError if the proxy is invalid
 */
export function parseConnection({
	proxy,
	allowUnauthorizedCerts,
}: RequestOptions): SendSettings['connection'] {
	return {
		...(!isBlank(proxy) && { proxy: parseProxy(proxy) }),
		...(allowUnauthorizedCerts === true && { skipSslCertificateValidation: true }),
	};
}

function parseProxy(value: unknown): IHttpRequestOptions['proxy'] {
	const proxyUrl = String(value).trim();
	const url = URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined;
	if (!url?.hostname || !/^https?:$/.test(url.protocol)) {
		throw inputError(
			"'Proxy' is not a proxy URL",
			"Enter a URL such as http://proxy.example.com:3128 under 'Request Options' in the node's settings",
		);
	}
	const { hostname: host, port, protocol, username, password } = url;
	return {
		host,
		port: Number(port) || (protocol === 'https:' ? 443 : 80),
		protocol: protocol.replace(/:$/, ''),
		...(username && {
			auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
		}),
	};
}
