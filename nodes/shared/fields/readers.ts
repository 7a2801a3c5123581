import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../transport/itemContext';
import { parseBoolean, parseNumber } from '../transport/values';

/**
 * The number in a field of a collection, within the bounds of the field; the field's default if it was not added.
 *
 * @param added the fields that were added to the collection
 * @throws FailureError if it was added, but holds no number or one that is out of bounds
 */
export function readNumberOption(added: IDataObject, field: INodeProperties): number {
	return readOptionalNumber(added, field) ?? (field.default as number);
}

/** Like {@link readNumberOption}, but undefined if the field was not added. */
export function readOptionalNumber(added: IDataObject, field: INodeProperties): number | undefined {
	if (!Object.hasOwn(added, field.name)) return undefined;
	const { minValue, maxValue } = field.typeOptions ?? {};
	return parseNumber(added[field.name], { label: field.displayName, min: minValue, max: maxValue });
}

/**
 * Whether a switch in a collection is on; the field's default if it was not added.
 *
 * @throws FailureError if it was added, but is neither true nor false
 */
export function readBooleanOption(added: IDataObject, field: INodeProperties): boolean {
	if (!Object.hasOwn(added, field.name)) return field.default as boolean;
	return parseBoolean(added[field.name], field.displayName);
}

/** Whether a switch of the form is on. @throws FailureError if it is neither true nor false */
export const readBoolean = (item: ItemContext, field: INodeProperties): boolean =>
	parseBoolean(item.parameter(field.name, field.default), field.displayName);
