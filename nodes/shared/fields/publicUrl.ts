import { inputError } from '../transport/errors';

/** Hosts whose links lead to a web page instead of the file. */
const PAGE_HOST =
	/(^|\.)(youtube\.com|youtu\.be|vimeo\.com|tiktok\.com|instagram\.com|drive\.google\.com|docs\.google\.com)$/i;

/**
 * Parses the public URL of a file for sync.so to fetch.
 *
 * @param label the name of the field, for the message
 * @param example a file name, for the hint
 * @throws FailureError if it is not an http(s) URL, or the URL of a page
 */
export function parsePublicUrl(value: unknown, label = 'URL', example = 'interview.mp4'): URL {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url && PAGE_HOST.test(url.hostname)) {
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
