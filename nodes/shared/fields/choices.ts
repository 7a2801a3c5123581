import type { INodePropertyOptions } from 'n8n-workflow';
import { inputError } from '../transport/errors';

/**
 * Joins the selected values for a query: upper case and comma-separated, as the API documents. An expression may return
 * a single value as text.
 *
 * @param thing what a valid value is, e.g. `a type of asset`
 * @returns undefined if nothing is selected
 * @throws FailureError if a value is unknown
 */
export function parseChoices(
	values: unknown,
	known: INodePropertyOptions[],
	thing: string,
): string | undefined {
	const selected = [values ?? []].flat().map((value) => String(value).toUpperCase());
	const unknown = selected.find((choice) => known.every(({ value }) => value !== choice));
	if (unknown !== undefined) {
		const knownValues = known.map(({ value }) => value);
		throw inputError(`“${unknown}” is not ${thing}`, `Use ${knownValues.join(', ')}`);
	}
	return selected.length > 0 ? selected.join(',') : undefined;
}
