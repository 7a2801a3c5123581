import type { INodeProperties } from 'n8n-workflow';
import type { Call } from '../transport/operation';

/** Whether all results come out, and how many otherwise. */
export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** How many results the item of a call wants, by {@link returnAllFields}; undefined: all. */
export function limitOf(call: Call): number | undefined {
	if (call.parameter('returnAll', false) === true) return undefined;
	const limit = Number(call.parameter('limit', 50));
	return Number.isFinite(limit) ? Math.max(1, Math.floor(limit)) : 50;
}
