import type { IDataObject } from 'n8n-workflow';
import { toCostItem } from '../../shared/items/costItem';

/** Every documented field of a recorded cost, in output order. The texts of the amounts are not from the API. */
export const USAGE_FIELDS = [
	'generationId',
	'model',
	'generationStatus',
	'currency',
	'availability',
	'totalCostUsd',
	'knownSubtotalUsd',
	'retryAfterSeconds',
	'components',
	'totalCostUsdText',
	'knownSubtotalUsdText',
	'apiKey',
	'createdAt',
	'finishedAt',
] as const;

/** An API key, as sync.so creates them. */
const API_KEY = /\bsk-[\w.-]+/g;

/** The output for a recorded cost. What looks like an API key is replaced: it isn't documented what `apiKey` holds. */
export function toUsageItem(cost: object): IDataObject {
	const { apiKey, ...fields } = toCostItem(cost, USAGE_FIELDS);
	const text = JSON.stringify(apiKey).replace(API_KEY, (key) => `sk-…${key.slice(-4)}`);
	const { createdAt, finishedAt, ...others } = fields;
	return { ...others, apiKey: JSON.parse(text) as IDataObject, createdAt, finishedAt };
}

/** Whether an entry of a list is a recorded cost. */
export const isUsage = (entry: unknown): boolean =>
	typeof (entry as { generationId?: unknown } | null)?.generationId === 'string';
