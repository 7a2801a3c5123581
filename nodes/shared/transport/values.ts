import type { FailureError } from './errors';
import { inputError } from './errors';

/** The bounds of a number in a field. */
export interface NumberRule {
	/** The name of the field in the form, for messages. */
	label: string;
	/** The smallest valid number. Default: 0. */
	min?: number;
	/** The largest valid number. Default: no limit. */
	max?: number;
	/** Whether it must be a whole number. Default: false. */
	integer?: boolean;
}

/** Whether a field has no value. An expression may return undefined, null or blank text. */
export const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const emptyFieldError = (label: string): FailureError =>
	inputError(
		`'${label}' is empty`,
		`Fill in '${label}', or check the expression in it: it returned nothing for this item`,
	);

/** Formats a value for a message, in up to 40 characters. */
const formatValue = (value: unknown): string => {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/**
 * Parses a number from a field. Accepts numbers as text, because n8n's variables are text.
 *
 * @throws FailureError if it is not a number, or out of bounds
 */
export function parseNumber(
	value: unknown,
	{ label, min = 0, max = Infinity, integer = false }: NumberRule,
): number {
	if (isBlank(value)) throw emptyFieldError(label);
	const number = typeof value === 'string' ? Number(value) : value;
	const isNumber = typeof number === 'number' && Number.isFinite(number);
	if (isNumber && number >= min && number <= max && (!integer || Number.isSafeInteger(number))) {
		return number;
	}
	const kind = integer ? 'a whole number' : 'a number';
	const bounds = max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`;
	throw inputError(
		`'${label}' has to be ${kind} ${bounds}, not ${formatValue(value)}`,
		`Check '${label}', or the expression in it`,
	);
}

/**
 * Parses a boolean from a field. Accepts "true" and "false" as text, because n8n's variables are text.
 *
 * @throws FailureError if it is neither true nor false
 */
export function parseBoolean(value: unknown, label: string): boolean {
	if (isBlank(value)) throw emptyFieldError(label);
	const normalized = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (normalized === true || normalized === 'true') return true;
	if (normalized === false || normalized === 'false') return false;
	throw inputError(
		`'${label}' has to be true or false, not ${formatValue(value)}`,
		`Check '${label}', or the expression in it`,
	);
}

/** Parses text from a field, and trims it. @throws FailureError if it is empty or not text */
export function parseText(value: unknown, label: string): string {
	if (isBlank(value)) throw emptyFieldError(label);
	if (typeof value === 'string') return value.trim();
	throw inputError(
		`'${label}' has to be text, not ${formatValue(value)}`,
		`Check '${label}', or the expression in it`,
	);
}

/** Checks that a value is one of the choices of a field. @throws FailureError if it is not */
export function parseChoice<T extends string>(
	value: unknown,
	label: string,
	choices: readonly T[],
): T {
	const choice = choices.find((candidate) => candidate === value);
	if (choice !== undefined) return choice;
	if (isBlank(value)) throw emptyFieldError(label);
	throw inputError(
		`'${label}' is not supported: ${formatValue(value)}`,
		`Use one of these: ${choices.join(', ')}`,
	);
}
