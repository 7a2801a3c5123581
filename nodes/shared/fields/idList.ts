import type { INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { inputError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';

/** Creates the field for a list of IDs. */
export const createIdListField = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000, …',
	description:
		'The IDs, separated by commas or line breaks, or an expression that returns a list. To look up one ID per item, use Get.',
});

/**
 * Reads a list of IDs: a list, a JSON list as text, IDs separated by commas, semicolons or whitespace, or a single
 * value. The IDs themselves aren't validated.
 *
 * @param resource what the IDs identify, in lower case, e.g. `asset`
 * @throws FailureError if there are none
 */
export function readIdList(item: ItemContext, name: string, resource: string): unknown[] {
	const ids = parseIds(item.parameter(name), resource);
	if (ids.length > 0) return ids;
	throw inputError(
		`There are no ${resource} IDs`,
		'Enter IDs, one per line, or an expression that returns a list',
	);
}

function parseIds(value: unknown, resource: string): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return value === null || value === undefined ? [] : [value];
	const text = value.trim();
	if (!text.startsWith('[')) return text.split(/[\s,;]+/).filter(Boolean);
	const list = jsonParse<unknown>(text, { fallbackValue: null });
	if (Array.isArray(list)) return list as unknown[];
	throw inputError(
		`The ${resource} IDs are not a valid JSON list`,
		'Close the list with ], or remove the brackets',
	);
}
