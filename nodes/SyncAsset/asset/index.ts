import type { INodeProperties } from 'n8n-workflow';
import { getDescription, getOption } from './get';

/** Everything the node shows for the resource Asset. */
export const assetDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['asset'] } },
		options: [getOption],
		default: 'get',
	},
	...getDescription,
];
