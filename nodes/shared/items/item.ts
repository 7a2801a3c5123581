import type { IDataObject } from 'n8n-workflow';

/**
 * Converts an object from the API to an item: every documented field, `null` if the API left it out, then the unknown
 * ones.
 *
 * @param fields the documented ones, in output order
 * @param not further fields to leave out
 */
export function toItem(thing: object, fields: readonly string[], not: string[] = []): IDataObject {
	const values = thing as IDataObject;
	const known = [...fields, ...not];
	return {
		...Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
		...Object.fromEntries(Object.entries(values).filter(([field]) => !known.includes(field))),
	};
}
