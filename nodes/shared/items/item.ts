import type { IDataObject } from 'n8n-workflow';

/**
 * A thing of the API as an item: every documented field, `null` where the API left it out, then those it has besides.
 *
 * @param fields the documented ones, in the order of the output
 * @param not names of further fields that are left out
 */
export function toItem(thing: object, fields: readonly string[], not: string[] = []): IDataObject {
	const values = thing as IDataObject;
	const known = [...fields, ...not];
	return {
		...Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
		...Object.fromEntries(Object.entries(values).filter(([field]) => !known.includes(field))),
	};
}
