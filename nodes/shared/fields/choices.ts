import type { INodePropertyOptions } from 'n8n-workflow';
import { inputError } from '../transport/errors';

/**
 * Several chosen values as the API takes them in a query: in capitals, separated by commas, as the documentation has
 * them. An expression may give one value as text.
 *
 * @param thing what they are, e.g. `a type of asset`
 * @returns undefined when none is chosen
 * @throws FailureError when one is none that sync.so has
 */
export function parseChoices(
	values: unknown,
	known: INodePropertyOptions[],
	thing: string,
): string | undefined {
	const chosen = [values ?? []].flat().map((value) => String(value).toUpperCase());
	const unknown = chosen.find((choice) => known.every(({ value }) => value !== choice));
	if (unknown !== undefined) {
		const names = known.map(({ value }) => value);
		throw inputError(`“${unknown}” is not ${thing}`, `Use ${names.join(', ')}`);
	}
	return chosen.length > 0 ? chosen.join(',') : undefined;
}
