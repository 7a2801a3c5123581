import { FailureError, failureOfInput } from '../transport/errors';

/**
 * A number from a field.
 *
 * @param shownAs what the field is called
 * @throws FailureError when it is none, or out of its bounds
 */
export function numberOf(value: unknown, shownAs: string, least = 0, most = Infinity): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number) && number >= least && number <= most) {
		return number;
	}
	const bounds = most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`;
	throw refusal(`${shownAs} has to be a number ${bounds}`, `Check what is in the field ${shownAs}`);
}

/** A whole number from a field. @throws FailureError */
export function wholeNumberOf(value: unknown, shownAs: string): number {
	const number = numberOf(value, shownAs);
	if (Number.isSafeInteger(number)) return number;
	throw refusal(`${shownAs} has to be a whole number`, `Check what is in the field ${shownAs}`);
}

/** A text from a field, trimmed. @throws FailureError when it is none, or empty */
export function textOf(value: unknown, shownAs: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text !== '') return text;
	throw refusal(
		`${shownAs} is ${typeof value === 'string' || value === undefined || value === null ? 'empty' : 'no text'}`,
		`Fill in ${shownAs}, or check that the expression in it gives a text for this item`,
	);
}

/** One of the values that a field offers. @throws FailureError when it is none of them */
export function choiceOf<T extends string>(
	value: unknown,
	shownAs: string,
	choices: readonly T[],
): T {
	const found = choices.find((choice) => choice === value);
	if (found !== undefined) return found;
	throw refusal(`${shownAs} is none that there is`, `Use one of these: ${choices.join(', ')}`);
}

/** What ends the work on an item for which nothing has been made. */
export const refusal = (message: string, hint: string): FailureError =>
	new FailureError(failureOfInput(message, hint));
