import type { Failure } from './errors';
import { inputFailure } from './errors';

const MAX_ID_LENGTH = 256;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CONTROL_OR_SPACE = /[\p{Cc}\s]/u;
const LONE_SURROGATE = /\p{Cs}/u;

/** Whether an ID can be percent-encoded. */
export const isEncodable = (id: string): boolean => !LONE_SURROGATE.test(id);

/** Whether an ID is a UUID, as sync.so uses for assets and projects. */
export const isUuid = (id: string): boolean => UUID.test(id);

/**
 * Validates an ID from the form or an expression before it goes into a URL path. Rejects whatever could reach another
 * route. Every other ID is safe once percent-encoded as one segment.
 *
 * @param value the value of the field; anything but text is invalid
 * @param resource what the ID identifies, in lower case, e.g. `asset`
 * @param siblings static routes next to `{id}`, which an ID of the same name would reach instead
 * @param label the name of the field. Default: that of the resource
 * @returns the trimmed ID, or why it is invalid
 */
export function checkId(
	value: unknown,
	resource: string,
	siblings: readonly string[],
	label = resource[0].toUpperCase() + resource.slice(1),
): { ok: true; id: string } | { ok: false; failure: Failure } {
	const reject = (message: string, hint: string) => ({
		ok: false as const,
		failure: inputFailure(message, hint),
	});
	if (value === undefined || value === null || (typeof value === 'string' && !value.trim())) {
		return reject(
			`The ${resource} ID is empty`,
			`Check the expression in '${label}': it returned nothing for this item. Or select the ${resource} from the list.`,
		);
	}
	if (typeof value !== 'string') {
		return reject(
			`The ${resource} ID is not text, but of type ${Array.isArray(value) ? 'array' : typeof value}`,
			'Let the expression return the ID itself, e.g. {{ $json.id }}',
		);
	}
	const id = value.trim();
	const isOtherRoute = id === '.' || id === '..' || siblings.includes(id.toLowerCase());
	if (id.length > MAX_ID_LENGTH || CONTROL_OR_SPACE.test(id) || !isEncodable(id) || isOtherRoute) {
		const shown = id.length > 40 ? `${id.slice(0, 40)}…` : id;
		return reject(
			`“${shown.replace(/[\p{Cc}\p{Cs}]/gu, '�')}” is not an ID of ${/^[aeiou]/.test(resource) ? 'an' : 'a'} ${resource}`,
			`Use an ID from sync.so, e.g. 550e8400-e29b-41d4-a716-446655440000 (up to ${MAX_ID_LENGTH} characters, no spaces)`,
		);
	}
	return { ok: true, id };
}
