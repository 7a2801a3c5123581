import type { IDataObject } from 'n8n-workflow';

/**
 * Converts an object from the API to an item: every documented field, `null` if the API left it out, then all unknown
 * fields.
 *
 * @param fields the documented ones, in output order
 * @param excluded unknown fields to leave out
 */
export function toItem(
	object: object,
	fields: readonly string[],
	excluded: string[] = [],
): IDataObject {
	const values = object as IDataObject;
	const known = [...fields, ...excluded];
	return {
		...Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
		...Object.fromEntries(Object.entries(values).filter(([field]) => !known.includes(field))),
	};
}
