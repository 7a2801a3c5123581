import { inputError } from '../transport/errors';

/**
 * Parses the public URL of a file for sync.so to fetch.
 *
 * @param label the name of the field, for the message
 * @param example a file name, for the hint
 * @throws FailureError if it is not an http(s) URL
 */
export function parsePublicUrl(value: unknown, label = 'URL', example = 'interview.mp4'): URL {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url && /^https?:$/.test(url.protocol)) return url;
	throw inputError(
		`The ${label} is ${text === '' ? 'empty' : 'not a web address'}`,
		`Enter the public address of the file, e.g. https://www.example.com/${example}`,
	);
}
