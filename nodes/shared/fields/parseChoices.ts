import type { INodePropertyOptions } from 'n8n-workflow';
import { inputError } from '../transport/errors';

/**
 * Validates the selected values and joins them for a query: upper case and comma-separated, as the API documents. An
 * expression may return text with one value or several, separated by commas.
 *
 * @param expected what a valid value is, e.g. `a type of asset`
 * @returns undefined if nothing is selected
 * @throws FailureError if a value is unknown
 */
export function parseChoices(
	values: unknown,
	known: INodePropertyOptions[],
	expected: string,
): string | undefined {
	const selected = [values ?? []]
		.flat()
		.flatMap((value) => String(value).split(','))
		.map((value) => value.trim().toUpperCase())
		.filter((value) => value !== '');
	const unknown = selected.find((choice) => known.every(({ value }) => value !== choice));
	if (unknown !== undefined) {
		const knownValues = known.map(({ value }) => value);
		throw inputError(`'${unknown}' is not ${expected}`, `Use ${knownValues.join(', ')}`);
	}
	return selected.length > 0 ? selected.join(',') : undefined;
}
