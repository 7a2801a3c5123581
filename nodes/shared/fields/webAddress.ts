import { inputError } from '../transport/errors';

/**
 * The address in a field from which sync.so is to fetch a file.
 *
 * @param shownAs what the field is called
 * @param example of the name of a file
 * @throws FailureError when it is none that sync.so could fetch from
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
