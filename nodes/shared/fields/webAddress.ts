import { inputError } from '../transport/errors';

/**
 * Parses the URL in a field from which sync.so fetches a file.
 *
 * @param shownAs the name of the field, for the message
 * @param example a file name, for the hint
 * @throws FailureError if it is not an http(s) URL
 */
export function parseWebAddress(value: unknown, shownAs = 'URL', example = 'interview.mp4'): URL {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url && /^https?:$/.test(url.protocol)) return url;
	throw inputError(
		`The ${shownAs} is ${text === '' ? 'empty' : 'not a web address'}`,
		`Enter the public address of the file, e.g. https://www.example.com/${example}`,
	);
}
