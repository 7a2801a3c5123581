import { inputError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';
import { isApiLocal } from '../transport/localApi';

/** Hosts whose links lead to a web page instead of the file. */
const PAGE_HOST =
	/(^|\.)(youtube\.com|youtu\.be|vimeo\.com|tiktok\.com|instagram\.com|(drive|docs)\.google\.com)$/i;
/** Google Drive's links that lead to the file itself. */
const DOWNLOAD_PATH = /^\/uc$/;

/** Names without a dot, and names that only a local network knows. */
const PRIVATE_NAME = /^[^.]+$|\.(localhost|local|internal)$/;
/** Loopback, private, link-local and unspecified addresses. `URL` writes any IPv4 address as four decimal numbers. */
const PRIVATE_IPV4 = /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\.[\d.]+$/;
/** The same for IPv6: `::`, `::1`, `fc00::/7` and `fe80::/10`. */
const PRIVATE_IPV6 = /^\[(::1?|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*)\]$/;
/** An IPv4 address in IPv6, as `URL` writes it, e.g. `[::ffff:7f00:1]`. */
const IPV4_IN_IPV6 = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/;

/** Whether a host, as in `URL.hostname`, can only be reached from its own machine or network. */
function isPrivateHost(hostname: string): boolean {
	const host = hostname.replace(/\.$/, '');
	if (!host.startsWith('[')) return PRIVATE_NAME.test(host) || PRIVATE_IPV4.test(host);
	const [, ...halves] = IPV4_IN_IPV6.exec(host) ?? [];
	const bytes = halves.map((half) => parseInt(half, 16)).flatMap((half) => [half >> 8, half & 255]);
	return PRIVATE_IPV6.test(host) || PRIVATE_IPV4.test(bytes.join('.'));
}

/**
 * Reads the public URL of a file for sync.so to fetch. An API on this machine may fetch files from it.
 *
 * @param label the name of the field, for the message
 * @param example a file name, for the hint
 * @throws FailureError if sync.so can't fetch it: it is not an http(s) URL, or that of a page, or of a private host
 */
export async function readPublicUrl(
	item: Pick<ItemContext, 'context'>,
	value: unknown,
	label = 'URL',
	example = 'interview.mp4',
): Promise<URL> {
	const url = parsePublicUrl(value, label, example);
	if (!isPrivateHost(url.hostname) || (await isApiLocal(item))) return url;
	throw inputError(
		`sync.so can't reach the private address ${url.host} in '${label}'`,
		'Use a public https link, or get the file with another node and use it as a binary field',
	);
}

/**
 * Parses the URL of a file. {@link readPublicUrl} also checks that its host is public.
 *
 * @param label the name of the field, for the message
 * @param example a file name, for the hint
 * @throws FailureError if it is not an http(s) URL, or the URL of a page
 */
export function parsePublicUrl(value: unknown, label = 'URL', example = 'interview.mp4'): URL {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url && PAGE_HOST.test(url.hostname) && !DOWNLOAD_PATH.test(url.pathname)) {
		throw inputError(
			`'${label}' is a page of ${url.hostname}, not a media file`,
			'Use a direct link to the file, or download the file with another node and use it as a binary field',
		);
	}
	if (url && /^https?:$/.test(url.protocol)) return url;
	throw inputError(
		`'${label}' is ${text === '' ? 'empty' : 'not a valid URL'}`,
		`Enter the public URL of the file, e.g. https://www.example.com/${example}`,
	);
}
