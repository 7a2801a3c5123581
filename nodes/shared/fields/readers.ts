import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';
import { inputError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';
import { isBlank, parseBoolean, parseNumber } from '../transport/values';

/**
 * Reads a number from a collection, within the field's bounds. Returns the field's default if it wasn't added.
 *
 * @param added the fields that were added to the collection
 * @throws FailureError if it is not a number, or out of bounds
 */
export function readNumberOption(added: IDataObject, field: INodeProperties): number {
	return readOptionalNumber(added, field) ?? (field.default as number);
}

/** Like {@link readNumberOption}, but undefined if the field wasn't added. */
export function readOptionalNumber(added: IDataObject, field: INodeProperties): number | undefined {
	if (!Object.hasOwn(added, field.name)) return undefined;
	const { minValue, maxValue } = field.typeOptions ?? {};
	return parseNumber(added[field.name], { label: field.displayName, min: minValue, max: maxValue });
}

/**
 * Reads a boolean from a collection. Returns the field's default if it wasn't added.
 *
 * @throws FailureError if it is neither true nor false
 */
export function readBooleanOption(added: IDataObject, field: INodeProperties): boolean {
	if (!Object.hasOwn(added, field.name)) return field.default as boolean;
	return parseBoolean(added[field.name], field.displayName);
}

/** Reads a boolean from the form. @throws FailureError if it is neither true nor false */
export const readBoolean = (item: ItemContext, field: INodeProperties): boolean =>
	parseBoolean(item.parameter(field.name, field.default), field.displayName);

/**
 * Converts the date in a field to the API's format. A date without a time zone is in that of the workflow, as n8n's
 * editor enters it. An expression may return a Luxon date.
 *
 * @throws FailureError if it is empty or not a date
 */
export function parseTime({ context }: ItemContext, value: unknown, label: string): string {
	if (!isBlank(value)) {
		try {
			const text = value instanceof Date ? value.toISOString() : String(value);
			return tryToParseDateTime(text, context.getTimezone()).toJSDate().toISOString();
		} catch {
			// Below.
		}
	}
	throw inputError(
		`'${label}' is ${isBlank(value) ? 'empty' : 'not a date'}`,
		'Enter a date such as 2026-01-15T09:30:00Z',
	);
}
