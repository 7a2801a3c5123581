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

/**
 * Gives fields their documented names: webhooks and older versions of the API name some of them differently. A field
 * that also has its documented name is left out.
 *
 * @param names the documented names by the other ones
 */
export function renameFields(object: object, names: Record<string, string>): IDataObject {
	const values = object as IDataObject;
	const others = Object.keys(values).filter((field) => Object.hasOwn(names, field));
	if (others.length === 0) return values;
	const renamed = { ...values };
	for (const field of others) {
		delete renamed[field];
		renamed[names[field]] ??= values[field];
	}
	return renamed;
}
